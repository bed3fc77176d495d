using CseJobs.Client.Waiting;
using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>What may happen during a wait: outages, refusals, engines that vanish, jobs that come back to life.</summary>
public sealed class WaitTroubleTests
{
    [Theory]
    [InlineData(CseErrorReason.Throttled)]
    [InlineData(CseErrorReason.ServerError)]
    [InlineData(CseErrorReason.ConnectionFailed)]
    [InlineData(CseErrorReason.TimeoutReached)]
    [InlineData(CseErrorReason.MalformedResponse)]
    public async Task An_outage_that_passes_does_not_end_the_wait_and_is_warned_of_once(CseErrorReason reason)
    {
        WaitBench bench = new WaitBench().Job(5, n => n is > 1 and < 6 ? reason : n < 8 ? "Executing" : "Finished");

        Assert.Equal(["5 Finished"], await bench.RunAsync());
        Assert.Single(bench.Notes, note => note.StartsWith("5 warns of " + reason, StringComparison.Ordinal));
        Assert.Equal(3, bench.Notes.Count(note => note.StartsWith("5 missed " + reason, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_outage_is_warned_of_once_for_all_jobs_and_again_when_it_comes_back()
    {
        Func<int, object> life = n => n is 2 or 3 or 5 ? CseErrorReason.ServerError : n < 7 ? "Executing" : "Finished";
        WaitBench bench = new WaitBench { Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(5) } }.Job(5, life).Job(6, life).Job(7, life);

        await bench.RunAsync();

        Assert.Equal(2, bench.Notes.Count(note => note.Contains("warns of", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reads_become_rarer_while_they_fail_up_to_one_a_minute()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(5) } }
            .Job(5, n => n < 7 ? CseErrorReason.ServerError : "Finished");

        await bench.RunAsync();

        Assert.Equal([0, 10, 30, 70, 130, 190, 250], bench.ReadsOf(5));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_longer_pause_gets_it()
    {
        WaitBench bench = new WaitBench().Job(5, n => n == 1
            ? new CseApiException(CseErrorReason.Throttled, "later") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(200) }
            : "Finished");

        await bench.RunAsync();

        Assert.Equal([0, 200], bench.ReadsOf(5));
    }

    [Fact]
    public async Task An_outage_of_ten_reads_ends_the_job_with_its_reason_and_no_other()
    {
        WaitBench bench = new WaitBench().Job(5, n => n == 1 ? "Executing" : CseErrorReason.ServerError).Job(6, n => n < 60 ? "Executing" : "Finished");

        Assert.Equal(["5 Unreadable ServerError", "6 Finished"], await bench.RunAsync());
        Assert.Equal(1 + JobWaiter.MaxReadFailures, bench.ReadsOf(5).Count());
        Assert.True(bench.ReadsOf(5).Last() > 300);
    }

    [Fact]
    public async Task Failures_count_only_in_a_row()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 60 ? n % 3 == 0 ? "Executing" : CseErrorReason.ConnectionFailed : "Finished");

        Assert.Equal(["5 Finished"], await bench.RunAsync());
    }

    [Theory]
    [InlineData(CseErrorReason.JobNotFound)]
    [InlineData(CseErrorReason.InvalidArgument)]
    [InlineData(CseErrorReason.PermissionDenied)]
    [InlineData(CseErrorReason.EngineNotFound)]
    [InlineData(CseErrorReason.ApiNotFound)]
    [InlineData(CseErrorReason.RequestRejected)]
    [InlineData(CseErrorReason.RedirectRefused)]
    [InlineData(CseErrorReason.UnexpectedError)]
    public async Task What_does_not_pass_ends_its_job_at_once_and_the_others_go_on(CseErrorReason reason)
    {
        WaitBench bench = new WaitBench().Job(5, _ => reason).Job(6, n => n < 3 ? "Executing" : "Finished");

        Assert.Equal([$"5 Unreadable {reason}", "6 Finished"], await bench.RunAsync());
        Assert.Single(bench.ReadsOf(5));
    }

    [Theory]
    [InlineData(CseErrorReason.ConnectionFailed)]
    [InlineData(CseErrorReason.MalformedResponse)]
    [InlineData(CseErrorReason.ServerError)]
    public async Task What_does_not_pass_is_no_outage_though_others_of_its_reason_are(CseErrorReason reason)
    {
        WaitBench bench = new WaitBench()
            .Job(5, n => n == 1 ? "Executing" : new CseApiException(reason, "untrusted, unknown, refused by a proxy") { IsTransient = false })
            .Job(6, n => n < 4 ? "Executing" : "Finished");

        Assert.Equal([$"5 Unreadable {reason}", "6 Finished"], await bench.RunAsync());
        Assert.Equal(2, bench.ReadsOf(5).Count());
    }

    [Theory]
    [InlineData(CseErrorReason.AuthenticationFailed)]
    [InlineData(CseErrorReason.SessionClosed)]
    public async Task A_refusal_of_the_session_ends_every_job_without_asking_again(CseErrorReason reason)
    {
        WaitBench bench = new WaitBench().Job(5, n => n == 1 ? "Executing" : reason).Job(6, _ => "Executing").Job(7, _ => "Executing");
        bench.Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(5) };

        Assert.Equal([$"5 Unreadable {reason}", $"6 Unreadable {reason}, 7 Unreadable {reason}"], await bench.RunAsync());
        Assert.Equal(2, bench.ReadsOf(7).Count());
    }

    [Fact]
    public async Task A_refusal_of_the_session_is_told_of_each_job_as_its_own()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(5) } }
            .Job(5, n => n == 1 ? "Executing" : CseErrorReason.AuthenticationFailed).Job(6, _ => "Executing");

        using JobWaiter wait = bench.Begin();
        Assert.Single((await wait.NextAsync())!);
        TrackedJob other = Assert.Single((await wait.NextAsync())!);
        Assert.Equal(("engine-6", 6L), (other.ReadError!.EngineId, other.ReadError.JobId));
    }

    [Fact]
    public async Task An_engine_that_vanishes_under_a_deletion_is_a_success()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 4 ? Deletion("Executing") : CseErrorReason.EngineNotFound);

        using JobWaiter wait = bench.Begin();
        TrackedJob job = Assert.Single((await wait.NextAsync())!);
        Assert.Equal(WaitEnd.EngineGone, job.End);
        Assert.Equal("Executing", job.Job.StatusText);
        Assert.True(job.IsEndOfJob);
        Assert.Null(await wait.NextAsync());
    }

    [Fact]
    public async Task An_engine_that_was_never_seen_is_no_success_whatever_the_caller_says_of_the_job()
    {
        WaitBench bench = new WaitBench()
            .Job(5, _ => CseErrorReason.EngineNotFound, JobType.Delete).Job(6, _ => CseErrorReason.EngineNotFound, JobType.Upgrade).Job(7, _ => CseErrorReason.EngineNotFound);

        Assert.Equal(["5 Unreadable EngineNotFound, 6 Unreadable EngineNotFound, 7 Unreadable EngineNotFound"], await bench.RunAsync());
    }

    [Fact]
    public async Task What_the_server_says_of_a_type_goes_before_what_the_caller_says()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 2 ? "Executing" : CseErrorReason.EngineNotFound, JobType.Delete);

        Assert.Equal(["5 Unreadable EngineNotFound"], await bench.RunAsync());
    }

    [Theory]
    [InlineData("Error")]
    [InlineData("Timeout")]
    public async Task A_job_that_failed_long_ago_ends_the_wait_at_once(string status)
    {
        WaitBench bench = new WaitBench().Job(5, _ => status).Job(6, _ => status, JobType.Upgrade, JobStatus.Error);

        Assert.Equal(["5 Failed, 6 Failed"], await bench.RunAsync());
        Assert.Equal(0, bench.Now);
    }

    [Fact]
    public async Task A_retried_job_that_still_reads_Error_is_given_time_to_come_back()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 9 ? "Error" : n < 12 ? "Executing" : "Finished", isRetried: true);

        Assert.Equal(["5 Finished"], await bench.RunAsync());
        Assert.Equal(8, bench.Notes.Count(note => note == "5 may come back"));
    }

    [Fact]
    public async Task A_retried_job_that_fails_again_ends_at_the_first_read_of_it()
    {
        WaitBench bench = new WaitBench().Job(5, n => n is < 3 or 5 ? "Error" : "Executing", isRetried: true);

        Assert.Equal(["5 Failed"], await bench.RunAsync());
        Assert.Equal(5, bench.Reads.Count);
    }

    [Fact]
    public async Task A_retried_job_that_never_begins_ends_within_about_a_minute()
    {
        WaitBench bench = new WaitBench().Job(5, _ => "Error", isRetried: true);

        Assert.Equal(["5 Failed"], await bench.RunAsync());
        Assert.InRange(bench.Now, 30, 70);
    }

    [Theory]
    [InlineData(JobStatus.PreInit)]
    [InlineData(JobStatus.Init)]
    [InlineData(JobStatus.Executing)]
    public async Task A_job_that_is_said_to_run_and_reads_Error_at_first_is_read_a_few_times_more(JobStatus said)
    {
        WaitBench bench = new WaitBench()
            .Job(5, n => n < 4 ? "Error" : n < 6 ? "Executing" : "Finished", JobType.Upgrade, said).Job(6, _ => "Error", JobType.Upgrade, said);

        Assert.Equal(["6 Failed", "5 Finished"], await bench.RunAsync());
        Assert.Equal([0, 1, 2.5, 4.75], bench.ReadsOf(6));
    }

    [Fact]
    public async Task A_job_that_was_seen_to_run_is_believed_its_first_failure()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 3 ? "Executing" : "Error", JobType.Upgrade, JobStatus.Executing);

        Assert.Equal(["5 Failed"], await bench.RunAsync());
        Assert.Equal(3, bench.Reads.Count);
    }

    [Fact]
    public void A_retry_is_remembered_for_five_minutes_and_for_its_job_alone()
    {
        var clock = new TestClock();
        var retried = new RetriedJobs(clock);
        retried.Note("engine", 5);
        clock.StepWallClock(TimeSpan.FromDays(-1));

        Assert.True(retried.IsRecent("engine", 5));
        Assert.False(retried.IsRecent("engine", 6));
        Assert.False(retried.IsRecent("other", 5));
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        clock.StepWallClock(TimeSpan.FromDays(9));
        Assert.True(retried.IsRecent("engine", 5));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(retried.IsRecent("engine", 5));
    }

    [Fact]
    public void A_retry_of_a_job_that_the_server_did_not_name_may_be_any_of_the_engine()
    {
        var retried = new RetriedJobs(new TestClock());
        retried.Note("engine", null);

        Assert.True(retried.IsRecent("engine", 5));
        Assert.False(retried.IsRecent("other", 5));
    }

    [Fact]
    public void Retries_are_forgotten_and_take_no_memory_for_ever()
    {
        var clock = new TestClock();
        var retried = new RetriedJobs(clock);
        for (int id = 0; id < 1000; id++)
        {
            retried.Note("engine", id);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5, retried.Count);
    }

    private static EngineJob Deletion(string status) => new() { Id = 5, TypeText = "Delete", StatusText = status };
}
