using System.Globalization;
using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class TimelineTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 14, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Now = Begin.AddHours(1);

    [Fact]
    public void A_failed_job_shows_what_failed_and_why()
    {
        TimelineJob job = Job(Step("", JobStatus.Error, 0, 600) with { Note = "Delete the engine" },
            Step("offline", JobStatus.Finished, 0, 150),
            Step("TrafficTaskExecutor", JobStatus.Finished, 0, 150) with { Depth = 1 },
            Step("uninstall", JobStatus.Error, 150, 600),
            Step("NodeTaskExecutor", JobStatus.Error, 150, 600) with { Depth = 1, Log = "started\r\nnode 192.168.0.17 did not become ready\n" },
            Step("release", JobStatus.Init, null, null));

        Assert.Equal(
            """
            Job 7  Delete  ✗ Error  2026-11-20 14:00:00  took 0:10:00
            by admin  Delete the engine
                                    14:00:00             14:10:00
            ✓ offline               ███████······················  14:00:00  0:02:30
              ✓ TrafficTaskExecutor ███████······················  14:00:00  0:02:30
            ✗ uninstall             ·······██████████████████████  14:02:30  0:07:30  Error
              ✗ NodeTaskExecutor    ·······██████████████████████  14:02:30  0:07:30  Error
                  started
                  node 192.168.0.17 did not become ready
            · release                                                                 Init
            """.Split('\n'),
            Draw(job));
    }

    [Fact]
    public void A_running_job_goes_on_until_now()
    {
        string[] lines = Draw(Job(Step("", JobStatus.Executing, 0, null),
            Step("prepare", JobStatus.Finished, 0, 1800),
            Step("upgrade", JobStatus.Executing, 1800, null)));

        Assert.Equal("Job 7  Delete  … Executing  2026-11-20 14:00:00  running for 1:00:00", lines[0]);
        Assert.Equal("          14:00:00                           now", lines[2]);
        Assert.Equal("✓ prepare ███████████████████···················  14:00:00  0:30:00", lines[3]);
        Assert.Equal("… upgrade ···················██████████████████►  14:30:00  0:30:00+  Executing", lines[4]);
    }

    [Fact]
    public void The_head_names_the_engine() => Assert.Equal(
        "engine prod-orders  by admin  Delete it",
        Draw(Job(Step("", JobStatus.Finished, 0, 60) with { Note = "Delete it" }) with { Engine = "prod-orders" })[1]);

    [Theory]
    [InlineData("2026-11-20T14:05:00Z ERROR gone", "(22:05:00) 2026-11-20T14:05:00Z ERROR gone")]
    [InlineData("[2026-11-20 20:05:00.123 +02:00] gone", "(11-21 02:05:00) [2026-11-20 20:05:00.123 +02:00] gone")]
    [InlineData("2026-11-20T22:05:00+08:00 gone", "2026-11-20T22:05:00+08:00 gone")]
    [InlineData("2026-11-20 14:05:00 gone", "2026-11-20 14:05:00 gone")]
    [InlineData("2026-99-20T14:05:00Z gone", "2026-99-20T14:05:00Z gone")]
    public void The_local_clock_stands_before_a_line_of_the_log_that_tells_the_time_of_another_zone(string line, string expected)
    {
        TimelineJob job = Job(Step("", JobStatus.Error, 0, 600), Step("a", JobStatus.Error, 0, 600) with { Log = line });
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(8), "test", "test");

        Assert.Equal(expected, Timeline.Draw(job, Now, new TimelineStyle { Zone = zone })[^1].Trim());
    }

    [Fact]
    public void A_console_without_the_signs_gets_ascii()
    {
        string[] lines = Draw(Job(Step("", JobStatus.Executing, 0, null),
            Step("a step of a very long name that has to be cut somewhere before the bar", JobStatus.Finished, 0, 60),
            Step("b", JobStatus.Error, 0, 60),
            Step("c", JobStatus.Executing, 60, null),
            Step("d", JobStatus.PreInit, null, null),
            Step("e", JobStatus.Unknown, null, null)), 80, Glyphs.Ascii);

        Assert.Equal("~vx~-?", string.Concat(lines[0][15], lines[3][0], lines[4][0], lines[5][0], lines[6][0], lines[7][0]));
        Assert.Contains("#>", lines[5], StringComparison.Ordinal);
        Assert.Contains("~ #...", lines[3], StringComparison.Ordinal);
        Assert.All(string.Concat(lines), c => Assert.True(c < 128, $"{c} is not ASCII"));
    }

    [Fact]
    public void A_step_of_another_day_has_its_day()
    {
        string[] lines = Draw(Job(Step("", JobStatus.Finished, 0, 86_400), Step("long", JobStatus.Finished, 0, 86_400), Step("late", JobStatus.Finished, 85_000, 86_400)));

        Assert.Contains("        14:00:00  1.00:00:00", lines[3], StringComparison.Ordinal);
        Assert.Contains("  11-21 13:36:40     0:23:20", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("11-21 14:00:00", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Clock_times_are_those_of_the_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(8), "test", "test");

        string[] lines = Timeline.Draw(Job(Step("", JobStatus.Finished, 0, 60), Step("a", JobStatus.Finished, 0, 60)), Now, new TimelineStyle { Zone = zone });

        Assert.Contains("2026-11-20 22:00:00", lines[0], StringComparison.Ordinal);
        Assert.Contains("  22:00:00  ", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void Wide_characters_shift_nothing(int width)
    {
        string[] lines = Draw(Job(Step("", JobStatus.Finished, 0, 100),
            Step("资源准备", JobStatus.Finished, 0, 50) with { Note = "准备资源" },
            Step("prepare", JobStatus.Finished, 50, 100) with { Note = "Resource preparation" },
            Step("一个名字非常长的步骤一个名字非常长的步骤一个名字非常长的步骤", JobStatus.Finished, 50, 100)), width);

        int[] clocks = [.. lines.Skip(3).Select(line => TextWidth.Of(line[..line.IndexOf("14:00:", StringComparison.Ordinal)]))];
        Assert.Single(clocks.Distinct());
        Assert.All(lines, line => Assert.InRange(TextWidth.Of(line), 1, width - 1));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void No_line_is_longer_than_the_console(int width)
    {
        TimelineStep[] steps = [.. Enumerable.Range(0, 200).Select(i => Step("VeryLongNameOfAStep" + i + "TaskExecutor", JobStatus.Finished, i * 500, (i + 1) * 500) with { Depth = 1, Note = "What it does" })];
        TimelineJob job = Job(Step("", JobStatus.Timeout, 0, 100_000), [Step("phase", JobStatus.Timeout, 0, 100_000) with { Log = string.Concat(Enumerable.Repeat("reason ", 90)) }, .. steps]);

        string[] lines = Draw(job, width);

        Assert.All(lines, line => Assert.InRange(line.Length, 1, width - 1));
        Assert.Equal(200, lines.Count(line => line.Contains('█') && line.StartsWith("  ✓", StringComparison.Ordinal)));
        Assert.Equal(90, lines.Sum(line => line.Split("reason").Length - 1));
    }

    [Fact]
    public void Only_the_end_of_a_long_log_is_shown()
    {
        string log = string.Join('\n', Enumerable.Range(1, 9).Select(i => "line " + i.ToString(CultureInfo.InvariantCulture)));

        string[] lines = Draw(Job(Step("", JobStatus.Error, 0, 60), Step("a", JobStatus.Error, 0, 60) with { Log = log }, Step("b", JobStatus.Finished, 0, 60) with { Log = "of no interest" }));

        Assert.Equal(["line 5", "line 6", "line 7", "line 8", "line 9"], lines.Skip(4).Take(5).Select(line => line.Trim()));
        Assert.DoesNotContain(lines, line => line.Contains("no interest", StringComparison.Ordinal));
    }

    [Fact]
    public void Descriptions_return_where_there_is_room_for_them()
    {
        TimelineJob job = Job(Step("", JobStatus.Finished, 0, 60), Step("a", JobStatus.Finished, 0, 60) with { Note = "Resource preparation" });

        Assert.DoesNotContain("Resource", Draw(job, 60)[3], StringComparison.Ordinal);
        Assert.EndsWith("0:01:00  Resource preparation", Draw(job, 120)[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_has_not_begun_has_no_axis()
    {
        string[] lines = Draw(Job(Step("", JobStatus.PreInit, null, null) with { StatusText = "PreInit" }, Step("a", JobStatus.Init, null, null)));

        Assert.Equal(["Job 7  Delete  · PreInit  not started", "by admin", "· a   Init"], lines);
    }

    [Fact]
    public void A_head_that_does_not_fit_goes_on_below_itself()
    {
        string[] lines = Draw(Job(Step("", JobStatus.Executing, -400_000, null)) with { Id = "9223372036854775807", User = "" });

        Assert.Equal("Job 9223372036854775807  Delete  … Executing", lines[0]);
        Assert.Equal("  2026-11-15 22:53:20  running for 4.16:06:40", lines[1]);
    }

    private static string[] Draw(TimelineJob job, int width = 80, Glyphs? glyphs = null) =>
        Timeline.Draw(job, Now, new TimelineStyle { Width = width, Zone = TimeZoneInfo.Utc, Glyphs = glyphs ?? Glyphs.Unicode });

    private static TimelineJob Job(TimelineStep whole, params TimelineStep[] steps) =>
        new() { Id = "7", Type = "Delete", User = "admin", Whole = whole, Steps = steps };

    private static TimelineStep Step(string name, JobStatus status, int? start, int? end) => new()
    {
        Name = name,
        Status = status,
        StatusText = status.ToString(),
        Start = start is { } from ? Begin.AddSeconds(from) : null,
        End = end is { } to ? Begin.AddSeconds(to) : null,
    };
}
