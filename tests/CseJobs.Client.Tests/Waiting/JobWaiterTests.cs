using CseJobs.Client.Waiting;
using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>The wait for jobs: when each is read, and what ends it.</summary>
public sealed class JobWaiterTests
{
    [Fact]
    public async Task Reads_are_frequent_at_first_and_then_every_15_seconds()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 12 ? "Executing" : "Finished");

        Assert.Equal(["5 Finished"], await bench.RunAsync());

        double[] gaps = bench.ReadsOf(5).Zip(bench.ReadsOf(5).Skip(1), (one, next) => Math.Round(next - one, 3)).ToArray();
        Assert.Equal([1, 1.5, 2.25, 3.375, 5.062, 7.594, 11.391, 15, 15, 15, 15], gaps.Select(gap => Math.Round(gap, 3)).ToArray(), Tolerance);
    }

    [Fact]
    public async Task A_given_interval_is_kept_from_the_first_read_to_the_last()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(40) } }.Job(5, n => n < 4 ? "Executing" : "Finished");

        await bench.RunAsync();

        Assert.Equal([0, 40, 80, 120], bench.ReadsOf(5));
    }

    [Fact]
    public async Task The_interval_counts_from_the_answer_so_that_a_slow_server_is_not_asked_more_often()
    {
        var slow = new TaskCompletionSource<EngineJob>();
        var bench = new WaitBench { Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(10) } };
        bench.JobAsync(5, n => n == 1 ? slow.Task : WaitBench.Answer(5, "Finished"));

        // Its answer comes while another job is waited for.
        bench.Job(6, n =>
        {
            if (n == 3)
            {
                slow.SetResult(new EngineJob { Id = 5, StatusText = "Executing" });
            }

            return n < 6 ? "Executing" : "Finished";
        });
        await bench.RunAsync();

        Assert.Equal([0, 30], bench.ReadsOf(5).Select(at => Math.Floor(at / 10) * 10));
        Assert.Equal([0, 10, 20, 30, 40, 50], bench.ReadsOf(6));
    }

    [Fact]
    public async Task Several_jobs_are_read_together_each_once_an_interval_and_come_as_each_ends()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { PollInterval = TimeSpan.FromSeconds(2) } }
            .Job(5, n => n < 3 ? "Executing" : "Finished")
            .Job(6, n => n < 2 ? "Init" : "Timeout")
            .Job(7, n => n < 3 ? "PreInit" : "Error");

        Assert.Equal(["6 Failed", "5 Finished, 7 Failed"], await bench.RunAsync());
        Assert.Equal([0, 2, 4], bench.ReadsOf(5));
        Assert.Equal([0, 2], bench.ReadsOf(6));
        Assert.Equal([0, 2, 4], bench.ReadsOf(7));
    }

    [Fact]
    public async Task A_state_that_this_version_does_not_know_is_no_end()
    {
        WaitBench bench = new WaitBench().Job(5, n => n < 5 ? "Paused" : "finished");

        Assert.Equal(["5 Finished"], await bench.RunAsync());
        Assert.Equal(5, bench.Reads.Count);
    }

    [Fact]
    public async Task No_more_than_eight_reads_are_under_way_at_once()
    {
        var bench = new WaitBench();
        var answers = new List<TaskCompletionSource<EngineJob>>();
        for (int id = 1; id <= 20; id++)
        {
            bench.JobAsync(id, _ =>
            {
                var answer = new TaskCompletionSource<EngineJob>();
                answers.Add(answer);
                return answer.Task;
            });
        }

        Task<List<string>> run = bench.RunAsync();
        for (int i = 0; i < 20; i++)
        {
            while (answers.Count <= i)
            {
                await Task.Yield();
            }

            answers[i].SetResult(new EngineJob { Id = i + 1, StatusText = "Finished" });
        }

        Assert.Equal(20, (await run).SelectMany(round => round.Split(", ")).Count());
        Assert.Equal(JobWaiter.MaxReads, bench.PeakUnderWay);
    }

    [Fact]
    public async Task With_any_the_first_end_is_enough_and_the_others_are_left_alone()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { Any = true } }
            .Job(5, _ => "Executing").Job(6, n => n < 3 ? "Executing" : "Error").Job(7, n => n < 3 ? "Executing" : "Finished");

        Assert.Equal(["6 Failed, 7 Finished"], await bench.RunAsync());
        Assert.Equal(3, bench.ReadsOf(5).Count());
    }

    [Fact]
    public async Task With_any_a_job_that_cannot_be_read_is_no_end()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { Any = true } }
            .Job(5, _ => CseErrorReason.JobNotFound).Job(6, n => n < 3 ? "Executing" : "Finished");

        Assert.Equal(["5 Unreadable JobNotFound", "6 Finished"], await bench.RunAsync());
    }

    [Fact]
    public async Task A_read_under_way_ends_when_another_job_was_enough()
    {
        var never = new TaskCompletionSource<EngineJob>();
        WaitBench bench = new WaitBench { Options = new WaitOptions { Any = true } }.JobAsync(5, _ => never.Task).Job(6, _ => "Finished");

        Assert.Equal(["6 Finished"], await bench.RunAsync());
        for (int i = 0; i < 1000 && bench.UnderWay > 0; i++)
        {
            await Task.Yield();
        }

        Assert.Equal(0, bench.UnderWay);
    }

    [Fact]
    public async Task The_time_out_ends_all_that_is_open_and_tells_where_it_stood()
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { Timeout = TimeSpan.FromSeconds(30), PollInterval = TimeSpan.FromSeconds(7) } }
            .Job(5, _ => "Executing").Job(6, n => n < 3 ? "Executing" : "Finished").Job(7, _ => "Init");

        Assert.Equal(["6 Finished", "5 TimedOut, 7 TimedOut"], await bench.RunAsync());
        Assert.Equal(30, bench.Now);
        Assert.Equal([0, 7, 14, 21, 28], bench.ReadsOf(5));
    }

    [Fact]
    public async Task The_time_out_ends_a_read_that_hangs()
    {
        var never = new TaskCompletionSource<EngineJob>();
        WaitBench bench = new WaitBench { Options = new WaitOptions { Timeout = TimeSpan.FromSeconds(30) } }.JobAsync(5, _ => never.Task);

        Assert.Equal(["5 TimedOut"], await bench.RunAsync());
        Assert.Equal(30, bench.Now);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_is_set_neither_ends_nor_stalls_a_wait(int days)
    {
        WaitBench bench = new WaitBench { Options = new WaitOptions { Timeout = TimeSpan.FromSeconds(30), PollInterval = TimeSpan.FromSeconds(7) } };
        bench.Job(5, n =>
        {
            bench.Clock.StepWallClock(TimeSpan.FromDays(days));
            return "Executing";
        }).Job(6, n => n < 3 ? "Executing" : "Finished");

        Assert.Equal(["6 Finished", "5 TimedOut"], await bench.RunAsync());
        Assert.Equal(30, bench.Now);
        Assert.Equal([0, 7, 14, 21, 28], bench.ReadsOf(5));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_at_once()
    {
        WaitBench bench = new WaitBench().JobAsync(5, _ => new TaskCompletionSource<EngineJob>().Task);
        bench.Options = bench.Options with { Timeout = TimeSpan.FromDays(1) };
        bench.Job(6, n =>
        {
            bench.Cancel.Cancel();
            return "Executing";
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(bench.RunAsync);
        Assert.Equal(2, bench.Reads.Count);
    }

    [Fact]
    public async Task Waiting_for_nothing_is_over()
    {
        Assert.Empty(await new WaitBench().RunAsync());
    }

    private static readonly IEqualityComparer<double> Tolerance = EqualityComparer<double>.Create((one, other) => Math.Abs(one - other) < 0.01, _ => 0);
}
