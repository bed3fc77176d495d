using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class TimeAxisTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 14, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, 100, 0, 20)]
    [InlineData(0, 50, 0, 10)]
    [InlineData(50, 100, 10, 10)]
    [InlineData(50, 50, 10, 1)]
    [InlineData(100, 100, 19, 1)]
    [InlineData(0, 1, 0, 1)]
    public void A_bar_is_drawn_to_scale_and_never_vanishes(int start, int end, int from, int length) =>
        Assert.Equal((from, length), Axis().Bar(Step(JobStatus.Finished, start, end), 20));

    [Theory]
    [InlineData(-50, 10, 0, 2)]
    [InlineData(90, 500, 18, 2)]
    [InlineData(200, 300, 19, 1)]
    [InlineData(-20, -10, 0, 1)]
    [InlineData(60, 40, 12, 1)]
    public void A_bar_keeps_within_the_axis_whatever_the_clocks_say(int start, int end, int from, int length) =>
        Assert.Equal((from, length), Axis().Bar(Step(JobStatus.Finished, start, end), 20));

    [Fact]
    public void A_bar_without_an_end_is_one_mark() => Assert.Equal((10, 1), Axis().Bar(Step(JobStatus.Error, 50, null), 20));

    [Fact]
    public void A_bar_of_what_runs_reaches_to_the_end() => Assert.Equal((10, 10), Axis().Bar(Step(JobStatus.Executing, 50, null), 20));

    [Fact]
    public void Steps_that_follow_each_other_do_not_overlap()
    {
        // Nearer to the ends one of them is a single mark.
        for (int at = 3; at <= 97; at++)
        {
            (int from, int length) = Axis().Bar(Step(JobStatus.Finished, 0, at), 20);
            (int next, _) = Axis().Bar(Step(JobStatus.Finished, at, 100), 20);
            Assert.Equal(from + length, next);
        }
    }

    [Fact]
    public void A_job_without_times_takes_those_of_its_steps()
    {
        TimeAxis axis = TimeAxis.Of(Job(Step(JobStatus.Finished, null, null), Step(JobStatus.Finished, 5, 20), Step(JobStatus.Error, 30, null)), Begin.AddDays(1))!;

        Assert.Equal((Begin.AddSeconds(5), Begin.AddSeconds(30), false), (axis.Start, axis.End, axis.IsOpen));
    }

    [Fact]
    public void An_end_before_the_start_is_not_believed()
    {
        TimeAxis axis = TimeAxis.Of(Job(Step(JobStatus.Finished, 100, 50), Step(JobStatus.Finished, 100, 130)), Begin.AddDays(1))!;

        Assert.Equal(Begin.AddSeconds(130), axis.End);
        Assert.Null(axis.Duration(Step(JobStatus.Finished, 100, 50)));
    }

    [Fact]
    public void A_job_that_runs_again_after_a_failure_goes_on_until_now()
    {
        TimeAxis axis = TimeAxis.Of(Job(Step(JobStatus.Executing, 0, 50)), Begin.AddSeconds(200))!;

        Assert.Equal((Begin.AddSeconds(200), true), (axis.End, axis.IsOpen));
        Assert.Equal(TimeSpan.FromSeconds(100), axis.Duration(Step(JobStatus.Executing, 100, 120)));
    }

    [Fact]
    public void A_clock_that_is_behind_the_servers_takes_nothing_off()
    {
        TimeAxis axis = TimeAxis.Of(Job(Step(JobStatus.Executing, 0, null)), Begin.AddSeconds(-30))!;

        Assert.Equal(TimeSpan.Zero, axis.Duration(Step(JobStatus.Executing, 0, null)));
        Assert.Equal((0, 20), axis.Bar(Step(JobStatus.Executing, 0, null), 20));
    }

    [Fact]
    public void Where_nothing_has_begun_there_is_no_axis() => Assert.Null(TimeAxis.Of(Job(Step(JobStatus.Init, null, null)), Begin));

    private static TimeAxis Axis() => TimeAxis.Of(Job(Step(JobStatus.Finished, 0, 100)), Begin.AddDays(1))!;

    private static TimelineJob Job(TimelineStep whole, params TimelineStep[] steps) => new() { Whole = whole, Steps = steps };

    private static TimelineStep Step(JobStatus status, int? start, int? end) => new()
    {
        Status = status,
        Start = start is { } from ? Begin.AddSeconds(from) : null,
        End = end is { } to ? Begin.AddSeconds(to) : null,
    };
}
