using System.Diagnostics;
using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>Many listings against a server that fails at random. Alone in the process, whose memory and threads it counts.</summary>
[Collection(nameof(Alone))]
public sealed class SoakTests
{
    [Fact]
    public async Task Retrying_under_random_faults_loses_and_doubles_nothing_and_leaves_nothing_behind()
    {
        // 10,000 for a soak: CSEJOBS_SOAK=10000 dotnet test --filter random_faults
        int listings = int.Parse(Environment.GetEnvironmentVariable("CSEJOBS_SOAK") ?? "300", null);
        await using CseSimulator simulator = await CseSimulator.StartAsync(new SimulatorOptions { RecordLimit = 1000 });
        using var client = new CseClient(
            new CseClientOptions
            {
                Endpoint = simulator.BaseAddress,
                ProjectId = simulator.ProjectId,
                MaximumRetryCount = 20,
                TimeProvider = new TestClock(),
            },
            new TokenCredential(simulator.Token));
        long waits = 0;
        long memory = 0;
        int threads = 0;
        for (int i = 0; i < listings; i++)
        {
            string engine = $"sim-jobs60-max20-pages{i % 2}-chaos20-id{i % 50}";
            var recorder = new Recorder();
            using Pager<EngineJob> pager = client.ListJobs(engine, observer: recorder);
            List<EngineJob> jobs = await SimulatorFixture.ListAllAsync(pager);
            waits += recorder.Waits.Count;
            Assert.Equal(simulator.GetEngine(engine).JobIds, jobs.Select(job => job.Id));
            if (i == listings / 5)
            {
                memory = GC.GetTotalMemory(forceFullCollection: true);
                threads = Process.GetCurrentProcess().Threads.Count;
            }
        }

        Assert.True(waits > listings / 10, "The faults must have happened.");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, (memory * 3 / 2) + 4_000_000);
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 1, threads + 20);
        client.Dispose();
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (simulator.OpenConnections > 0)
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
