using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class TimelineAxisTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 14, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_ends_of_the_axis_are_never_written_into_each_other()
    {
        TimelineStep step = Step(JobStatus.Finished);

        string[] axes = [.. Enumerable.Range(40, 60).Select(width => Draw(step, step, width)[^2])];

        Assert.All(axes, axis => Assert.DoesNotContain("14:00:0014:", axis, StringComparison.Ordinal));
        Assert.Contains(axes, axis => axis.Contains("14:00:00 14:10:00", StringComparison.Ordinal));
        Assert.Contains(axes, axis => !axis.Contains("14:00:00", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_that_has_ended_ends_its_axis_whatever_a_step_says()
    {
        string[] lines = Draw(Step(JobStatus.Error), Step(JobStatus.Executing) with { End = null }, 80);

        Assert.Contains("took 0:10:00", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("14:10:00", lines[^2], StringComparison.Ordinal);
    }

    private static TimelineStep Step(JobStatus status) =>
        new() { Name = "a", Status = status, StatusText = status.ToString(), Start = Begin, End = Begin.AddMinutes(10) };

    private static string[] Draw(TimelineStep whole, TimelineStep step, int width) => Timeline.Draw(
        new TimelineJob { Id = "7", Type = "Delete", Whole = whole, Steps = [step] }, Begin.AddHours(1), new TimelineStyle { Width = width, Zone = TimeZoneInfo.Utc });
}
