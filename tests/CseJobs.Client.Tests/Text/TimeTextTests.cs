using CseJobs.Parameters;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("-2h", "2026-11-20T10:00:00Z")]
    [InlineData("2H", "2026-11-20T10:00:00Z")]
    [InlineData("-90m", "2026-11-20T10:30:00Z")]
    [InlineData("-90min", "2026-11-20T10:30:00Z")]
    [InlineData("-30s", "2026-11-20T11:59:30Z")]
    [InlineData("-7d", "2026-11-13T12:00:00Z")]
    [InlineData("-1.5d", "2026-11-19T00:00:00Z")]
    [InlineData("-1w", "2026-11-13T12:00:00Z")]
    [InlineData("-01:30:00", "2026-11-20T10:30:00Z")]
    [InlineData("now", "2026-11-20T12:00:00Z")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05+08:00", "2026-01-01T19:04:05Z")]
    [InlineData("1636540095901", "2021-11-10T10:28:15.901Z")]
    public void A_text_is_read(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), TimeText.Parse(text, Now));

    [Fact]
    public void A_date_without_an_offset_is_local_and_culture_invariant()
    {
        var local = new DateTimeOffset(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Local));

        Assert.Equal(local, TimeText.Parse("2026-01-02", Now));
        Assert.Equal(local, TimeText.Parse("01/02/2026", Now));
        Assert.Equal(local, TimeText.Parse(local.LocalDateTime, Now));
        Assert.Equal(local, TimeText.Parse(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified), Now));
        Assert.Equal(local, TimeText.Parse(local.UtcDateTime, Now));
    }

    [Fact]
    public void Today_and_yesterday_are_local_midnights()
    {
        DateTime midnight = Now.LocalDateTime.Date;

        Assert.Equal(midnight, TimeText.Parse("today", Now).LocalDateTime);
        Assert.Equal(midnight.AddDays(-1), TimeText.Parse("Yesterday", Now).LocalDateTime);
    }

    [Fact]
    public void Spans_numbers_and_unquoted_days_are_read()
    {
        Assert.Equal(Now.AddHours(-2), TimeText.Parse(TimeSpan.FromHours(2), Now));
        Assert.Equal(Now.AddHours(-2), TimeText.Parse(TimeSpan.FromHours(-2), Now));
        Assert.Equal(Now.AddDays(-7), TimeText.Parse(-7m, Now));
        Assert.Equal(1636540095901, TimeText.Parse(1636540095901L, Now).ToUnixTimeMilliseconds());
        Assert.Equal(1636540095901, TimeText.Parse(1636540095901d, Now).ToUnixTimeMilliseconds());
        Assert.Equal(Now, TimeText.Parse(Now, Now));
    }

    [Fact]
    public void The_ends_of_the_calendar_do_not_fail()
    {
        Assert.Equal(DateTimeOffset.MinValue.Year, TimeText.Parse(DateTime.MinValue, Now).Year);
        Assert.Equal(DateTimeOffset.MaxValue.Year, TimeText.Parse(DateTime.MaxValue, Now).Year);
        Assert.Equal(DateTimeOffset.MinValue, TimeText.Parse(TimeSpan.MaxValue, Now));
        Assert.Equal(DateTimeOffset.MinValue, TimeText.Parse(TimeSpan.MinValue, Now));
        Assert.Equal(DateTimeOffset.MinValue, TimeText.Parse("-10675199.02:48:05.4775808", Now));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("13/13/2026")]
    [InlineData("-2 fortnights")]
    [InlineData("20260102")]
    [InlineData("-7")]
    public void What_is_no_time_is_refused_with_examples(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => TimeText.Parse(text, Now));

        Assert.Contains("-2h", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epoch_seconds_are_recognised_and_refused() =>
        Assert.Contains("multiply it by 1000", Assert.Throws<FormatException>(() => TimeText.Parse(1636540095, Now)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_and_other_things_are_refused()
    {
        Assert.Throws<FormatException>(() => TimeText.Parse(null, Now));
        Assert.Throws<FormatException>(() => TimeText.Parse(new object(), Now));
        Assert.Throws<FormatException>(() => TimeText.Parse(double.NaN, Now));
        Assert.Throws<FormatException>(() => TimeText.Parse(double.MaxValue, Now));
    }
}
