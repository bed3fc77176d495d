using CseJobs.Client.Auth;
using CseJobs.Client.Waiting;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>A wait as a C# caller makes it, against a server.</summary>
public sealed class PublicWaitTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task A_job_is_waited_for_by_the_clock_of_the_client()
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine("sim-jobs3-revive3");
        var clock = new TestClock();
        using var client = new CseClient(
            new CseClientOptions { Endpoint = fixture.Simulator.BaseAddress, ProjectId = fixture.Simulator.ProjectId, TimeProvider = clock },
            new TokenCredential(fixture.Simulator.Token));
        client.Retried.Note(engine.Id, engine.JobIds[0]);
        var reads = new List<string?>();
        using var waiter = new JobWaiter(
            client, [new TrackedJob(engine.Id, engine.JobIds[0])], new WaitOptions { OnRead = job => reads.Add($"{job.Job.StatusText} {job.MayRecover}") });

        TrackedJob ended = Assert.Single((await waiter.NextAsync())!);

        Assert.Equal((WaitEnd.Finished, JobStatus.Finished), (ended.End, ended.Job.Status));
        Assert.Contains("Error True", reads);
        Assert.Contains("Executing False", reads);
        Assert.Null(await waiter.NextAsync());
        Assert.NotEmpty(clock.Pauses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void An_engine_that_cannot_be_right_is_refused_before_anything_is_sent(string engine) =>
        Assert.Throws<ArgumentException>(() => new TrackedJob(engine, 5));
}
