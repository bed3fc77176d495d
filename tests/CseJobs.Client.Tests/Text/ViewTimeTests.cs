using System.Globalization;
using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class ViewTimeTests
{
    [Theory]
    [InlineData("0.00:00:00", "just now")]
    [InlineData("0.00:00:00.9990000", "just now")]
    [InlineData("0.00:00:01", "1 s ago")]
    [InlineData("0.00:00:59.9990000", "59 s ago")]
    [InlineData("0.00:01:00", "1 min ago")]
    [InlineData("0.00:03:59", "3 min ago")]
    [InlineData("0.00:59:59", "59 min ago")]
    [InlineData("0.01:00:00", "1 h ago")]
    [InlineData("0.23:59:59", "23 h ago")]
    [InlineData("1.00:00:00", "1 d ago")]
    [InlineData("29.23:59:59", "29 d ago")]
    [InlineData("30.00:00:00", "1 mo ago")]
    [InlineData("60.00:00:00", "1 mo ago")]
    [InlineData("61.00:00:00", "2 mo ago")]
    [InlineData("364.23:59:59", "11 mo ago")]
    [InlineData("365.00:00:00", "1 y ago")]
    [InlineData("731.00:00:00", "2 y ago")]
    [InlineData("36000.00:00:00", "98 y ago")]
    public void An_age_is_told_in_its_largest_unit(string age, string expected) => Assert.Equal(expected, ViewTime.Age(TimeSpan.Parse(age, null)));

    [Theory]
    [InlineData("-0.00:00:00.5000000", "just now")]
    [InlineData("-0.00:00:01", "in 1 s")]
    [InlineData("-0.00:03:59", "in 3 min")]
    [InlineData("-0.08:00:00", "in 8 h")]
    [InlineData("-2.00:00:00", "in 2 d")]
    public void A_server_whose_clock_is_ahead_has_jobs_in_the_future(string age, string expected) =>
        Assert.Equal(expected, ViewTime.Age(TimeSpan.Parse(age, null)));

    [Theory]
    [InlineData(0, "HH:mm", "(3 h)")]
    [InlineData(24, "MM-dd HH:mm", "(1 d)")]
    [InlineData(24 * 9, "MM-dd HH:mm", "(9 d)")]
    [InlineData(24 * 20, "yyyy-MM-dd", "(20 d)")]
    [InlineData(24 * 359, "yyyy-MM-dd", "(11 mo)")]
    [InlineData(24 * 3660, "yyyy-MM-dd", "(10 y)")]
    public void A_clock_time_has_its_day_where_it_is_another_one_and_its_age(int hoursMore, string format, string age)
    {
        // Noon, wherever this runs.
        DateTime now = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Local);
        DateTime start = now.AddHours(-3 - hoursMore);

        string text = ViewTime.ClockAndAge(start, now.ToUniversalTime());

        Assert.Equal(start.ToString(format, CultureInfo.InvariantCulture) + " " + age, text);
        Assert.InRange(text.Length, 1, 18);
    }

    [Fact]
    public void An_age_fits_its_column_however_old() =>
        Assert.All(Enumerable.Range(0, 20_000).Select(days => TimeSpan.FromDays(days * 180.0) + TimeSpan.FromMinutes(59.5)), age => Assert.InRange(ViewTime.Age(age).Length, 1, 10));

    [Theory]
    [InlineData(0, "0:00:00")]
    [InlineData(364, "0:06:04")]
    [InlineData(86_399, "23:59:59")]
    [InlineData(183_600, "2.03:00:00")]
    public void A_duration_reads_as_hours_minutes_and_seconds(int seconds, string expected) =>
        Assert.Equal(expected, ViewTime.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(364, true, "0:06:04+")]
    [InlineData(364, false, "0:06:04 ")]
    [InlineData(86_399, true, "23:59:59+")]
    [InlineData(86_400, true, "1d 0h+")]
    [InlineData(183_600, false, "2d 3h ")]
    [InlineData(86_399_999, true, "999d 23h+")]
    [InlineData(86_400_000, true, "1000d+")]
    [InlineData(-5, true, "0:00:00+")]
    public void A_duration_in_a_table_tells_what_still_runs(int seconds, bool isRunning, string expected) =>
        Assert.Equal(expected, ViewTime.InTable(TimeSpan.FromSeconds(seconds), isRunning));

    [Fact]
    public void An_unknown_duration_is_empty_in_a_table() => Assert.Equal(string.Empty, ViewTime.InTable(null, isRunning: true));

    [Theory]
    [InlineData(null, "")]
    [InlineData(0, "expired")]
    [InlineData(61, "in 2 min")]
    [InlineData(7_200, "in 2 h")]
    public void What_still_holds_tells_for_how_long(int? seconds, string expected) =>
        Assert.Equal(expected, ViewTime.Left(seconds is { } value ? TimeSpan.FromSeconds(value) : null));
}
