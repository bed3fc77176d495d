using System.Globalization;
using CseJobs.Client.Waiting;
using CseJobs.Waiting;
using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>What a wait says of failed jobs, of open ones, and of progress.</summary>
public sealed class WaitTextTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_failure_names_the_phase_the_first_failing_sub_job_and_the_end_of_its_log()
    {
        string log = string.Join("\\n", Enumerable.Range(1, 8).Select(n => $"line {n}"));
        TrackedJob job = Waited("Error", Phase("prepare", "Finished", 60, 0, Task("Backup", "Finished")),
            Phase("upgrade", "Error", 60, 60, Task("ControlPlane", "Finished", "not this"), Task("DataPlane", "Error", log), Task("Config", "Error", "nor this")),
            Phase("commit", "Init", 60, null, Task("Tenant", "Init")));

        Assert.Equal(
            "Job 5 (Upgrade) of engine engine-5 failed in phase 2 of 3 'upgrade' (Error) at sub-job 'DataPlane' (Error): line 8. The end of its log:\n"
            + "  line 4\n  line 5\n  line 6\n  line 7\n  line 8",
            WaitText.Failure(job));
    }

    [Fact]
    public void A_time_out_of_the_job_is_called_one()
    {
        TrackedJob job = Waited("Timeout", Phase("upgrade", "Timeout", 60, 0, Task("DataPlane", "Timeout", "gave up")));

        Assert.Equal(
            "Job 5 (Upgrade) of engine engine-5 timed out in phase 1 of 1 'upgrade' (Timeout) at sub-job 'DataPlane' (Timeout): gave up. The end of its log:\n  gave up",
            WaitText.Failure(job));
    }

    [Theory]
    [InlineData("Finished", "Error", "in phase 1 of 1 'upgrade' (Finished) at sub-job 'DataPlane' (Error). Its log is empty.")]
    [InlineData("Error", "Init", "in phase 1 of 1 'upgrade' (Error). The server names no sub-job that failed.")]
    [InlineData("Init", "Init", "failed. The server names no sub-job that failed.")]
    public void States_of_phases_and_sub_jobs_need_not_agree(string phase, string task, string expected)
    {
        Assert.EndsWith(expected, WaitText.Failure(Waited("Error", Phase("upgrade", phase, 60, 0, Task("DataPlane", task)))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_without_phases_fails_at_a_sub_job()
    {
        TrackedJob job = Take($$"""{"id":5,"type":"Upgrade","status":"Error","tasks":[{{Task("DataPlane", "Error", "why")}}]}""");

        Assert.Equal("Job 5 (Upgrade) of engine engine-5 failed at sub-job 'DataPlane' (Error): why. The end of its log:\n  why", WaitText.Failure(job));
    }

    [Fact]
    public void A_log_cannot_act_on_the_terminal_nor_fill_it()
    {
        TrackedJob job = Waited("Error", Phase("upgrade", "Error", 60, 0, Task("DataPlane", "Error", "\\u001b[31mred\\n" + new string('x', 5000))));

        string text = WaitText.Failure(job);
        Assert.DoesNotContain('\u001b', text);
        Assert.True(text.Length < 1000);
    }

    [Fact]
    public void A_wait_names_the_engine_by_its_name_and_the_reason_of_a_failure()
    {
        TrackedJob job = Waited("Error", Phase("upgrade", "Error", 60, 0, Task("DataPlane", "Error", "2026-11-20T12:00:09Z ERROR no quota left.")));
        job.Job.EngineName = "prod\n-orders";

        Assert.StartsWith(
            "Job 5 (Upgrade) of engine prod\u240a-orders failed in phase 1 of 1 'upgrade' (Error) at sub-job 'DataPlane' (Error): no quota left. The end",
            WaitText.Failure(job), StringComparison.Ordinal);
        Assert.Contains("at sub-job 'DataPlane' (Error) (no quota left.), and goes on.", WaitText.TimedOut(job, TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        Assert.EndsWith(": no quota left.", Shown(job, 90), StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task Even_a_job_that_was_never_read_has_the_name_of_its_engine_where_the_client_knows_it()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => """{"total":1,"data":[{"id":"engine-5","name":"prod-orders"}]}""");
        using CseClient client = api.Connect();
        var job = new TrackedJob("engine-5", 5) { Client = client };

        Assert.Equal("engine-5", WaitText.Engine(job));
        await client.ListEngines().NextAsync();
        Assert.Equal("prod-orders", WaitText.Engine(job));
    }

    [Fact]
    public void The_end_of_the_wait_names_the_last_state_and_that_the_job_goes_on()
    {
        TrackedJob job = Waited("Executing", Phase("prepare", "Finished", 60, 0), Phase("upgrade", "Executing", 60, 60, Task("DataPlane", "Executing")));

        Assert.Equal(
            "Job 5 (Upgrade) of engine engine-5 had not ended after 30 seconds. It was last seen Executing in phase 2 of 2 'upgrade' (Executing)"
            + " at sub-job 'DataPlane' (Executing), and goes on.",
            WaitText.TimedOut(job, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void The_end_of_the_wait_for_a_job_that_was_never_read_says_why()
    {
        var job = new TrackedJob("engine-5", 5);
        job.ReadFailed(new CseApiException(CseErrorReason.ServerError, "The server failed."));

        Assert.Equal(
            "Job 5 of engine engine-5 had not ended after 30 seconds. Its state is not known: it could not be read. Lately it could not be read: The server failed.",
            WaitText.TimedOut(job, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Progress_shows_phase_n_of_m_the_sub_job_at_work_and_the_time_elapsed()
    {
        TrackedJob job = Waited("Executing", Phase("prepare", "Finished", 60, 0), Phase("upgrade", "Executing", 60, 60, Task("DataPlaneTaskExecutor", "Executing")),
            Phase("commit", "Init", 60, null));

        Assert.Equal("Executing 0:01:30 (~2 min left), phase 2 of 3 upgrade: DataPlane", Shown(job, 90));
    }

    [Fact]
    public void Between_two_phases_progress_shows_the_next_one()
    {
        TrackedJob job = Waited("Executing", Phase("prepare", "Finished", 60, 0, Task("Backup", "Init")), Phase("upgrade", "Init", 60, null, Task("DataPlane", "Init")));

        Assert.Equal("Executing 0:01:00 (~1 min left), phase 2 of 2 upgrade", Shown(job, 60));
    }

    [Theory]
    [InlineData(1, "~10 s left")]
    [InlineData(54, "~60 s left")]
    [InlineData(56, "~1 min left")]
    [InlineData(660, "~11 min left")]
    [InlineData(7000, "~2 h left")]
    [InlineData(0, null)]
    [InlineData(null, null)]
    public void What_is_left_is_told_as_roughly_as_it_is_known(int? seconds, string? text) =>
        Assert.Equal(text, new JobProgress(null, null, seconds is { } left ? TimeSpan.FromSeconds(left) : null).RemainingText);

    [Theory]
    [InlineData(60, 25, 180)]
    [InlineData(90, 37, 150)]
    [InlineData(180, 75, 60)]
    [InlineData(5000, 75, 60)]
    [InlineData(-100, 25, 180)]
    public void The_estimate_comes_from_the_phases_expected_durations(int seconds, int percent, int remaining)
    {
        // The first took longer than expected; the clock may be behind the server's.
        TrackedJob job = Waited("Executing", Phase("prepare", "Finished", 60, 0), Phase("upgrade", "Executing", 120, 60), Phase("commit", "Init", 60, null));

        JobProgress progress = JobProgress.Of(job.Job, Start.AddSeconds(seconds));
        Assert.Equal(percent, progress.Percent);
        Assert.Equal(TimeSpan.FromSeconds(remaining), progress.Remaining);
    }

    [Fact]
    public void A_job_that_goes_on_is_never_shown_as_done()
    {
        JobProgress progress = JobProgress.Of(Waited("Executing", Phase("upgrade", "Executing", 60, 0)).Job, Start.AddHours(1));

        Assert.Equal(99, progress.Percent);
        Assert.Equal(TimeSpan.Zero, progress.Remaining);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Where_an_estimate_is_missing_none_is_shown(int? seconds)
    {
        JobProgress progress = JobProgress.Of(
            Waited("Executing", Phase("prepare", "Finished", 60, 0), Phase("upgrade", "Executing", seconds, 60), Phase("commit", "Init", 60, null)).Job, Start.AddSeconds(90));

        Assert.Null(progress.Percent);
        Assert.Null(progress.Remaining);
        Assert.Equal(TimeSpan.FromSeconds(90), progress.Elapsed);
    }

    [Fact]
    public void A_job_without_phases_has_no_estimate_and_one_that_waits_no_elapsed_time()
    {
        JobProgress progress = JobProgress.Of(Take("""{"id":5,"type":"Upgrade","status":"Init"}""").Job, Start);

        Assert.Equal((null, null, null), (progress.Percent, progress.Remaining, progress.Elapsed));
    }

    private static string Shown(TrackedJob job, int seconds) => WaitText.Progress(job.Job!, JobProgress.Of(job.Job!, Start.AddSeconds(seconds)));

    private static TrackedJob Waited(string status, params string[] phases) => Take(
        $$"""{"id":5,"engineId":"engine-5","type":"Upgrade","status":"{{status}}","startTime":{{Start.ToUnixTimeMilliseconds()}},"tasks":[{{string.Join(',', phases)}}]}""");

    private static TrackedJob Take(string json)
    {
        var waited = new TrackedJob("engine-5", 5);
        waited.Update(WaitBench.Parse(json));
        return waited;
    }

    private static string Phase(string name, string status, int? expected, int? startedAfter, params string[] tasks)
    {
        string brief = expected is { } seconds ? $$"""{"duration":{{seconds * 1000}},"description":"d"}""" : "null";
        long start = startedAfter is { } after ? Start.AddSeconds(after).ToUnixTimeMilliseconds() : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"taskName":"{{name}}","taskNames":[],"status":"{{status}}","startTime":{{start}},"taskExecutorBrief":{{brief}},"tasks":[{{string.Join(',', tasks)}}]}""");
    }

    [Fact]
    public void Estimates_of_thousands_of_years_are_none()
    {
        const string Phase = """{"taskName":"p","taskNames":[],"status":"Executing","startTime":1,"taskExecutorBrief":{"duration":250000000000000}}""";
        EngineJob many = WaitBench.Parse($$"""{"id":5,"tasks":[{{Phase}},{{Phase}},{{Phase}},{{Phase}}]}""");
        EngineJob one = WaitBench.Parse($$"""{"id":5,"tasks":[{{Phase.Replace("Executing", "Finished", StringComparison.Ordinal)}},{{Phase}}]}""");
        var now = DateTimeOffset.FromUnixTimeMilliseconds(250_000_000_000_000);

        Assert.Equal((null, null), (JobProgress.Of(many, now).Percent, JobProgress.Of(many, now).Remaining));
        Assert.InRange(JobProgress.Of(one, now).Percent!.Value, 0, 99);
    }

    private static string Task(string name, string status, string log = "") =>
        $$"""{"jobId":5,"id":1,"taskOrder":0,"taskName":"{{name}}","status":"{{status}}","log":"{{log}}"}""";
}
