using CseJobs.Parameters;
using Xunit;

namespace CseJobs.Client.Tests.Text;

/// <summary>Times without a date, and dates without a time.</summary>
public sealed class TimeOfDayTests
{
    // Half past two in the afternoon, wherever the tests run.
    private static readonly DateTimeOffset Now = Local("2026-11-20T14:30:00");

    [Theory]
    [InlineData("9:05", "2026-11-20T09:05:00")]
    [InlineData("09:05", "2026-11-20T09:05:00")]
    [InlineData("14:30", "2026-11-20T14:30:00")]
    [InlineData("14:30:01", "2026-11-19T14:30:01")]
    [InlineData("23:00", "2026-11-19T23:00:00")]
    [InlineData(" 23:00:30 ", "2026-11-19T23:00:30")]
    [InlineData("23:00:30.5", "2026-11-19T23:00:30.5")]
    [InlineData("0:00", "2026-11-20T00:00:00")]
    [InlineData("11pm", "2026-11-19T23:00:00")]
    [InlineData("11 PM", "2026-11-19T23:00:00")]
    [InlineData("9:05 am", "2026-11-20T09:05:00")]
    [InlineData("12am", "2026-11-20T00:00:00")]
    public void A_time_without_a_date_is_its_last_occurrence_at_either_end(string text, string expected)
    {
        Assert.Equal(Local(expected), TimeText.Parse(text, Now));
        Assert.Equal(Local(expected), TimeText.Parse(text, Now, isEnd: true));
    }

    [Theory]
    [InlineData("23:00Z", "2026-11-19T23:00:00Z")]
    [InlineData("01:00Z", "2026-11-20T01:00:00Z")]
    [InlineData("10:00+08:00", "2026-11-20T02:00:00Z")]
    public void So_is_one_with_an_offset(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), TimeText.Parse(text, DateTimeOffset.Parse("2026-11-20T12:00:00Z", null)));

    [Fact]
    public void The_machines_own_date_is_of_no_account()
    {
        DateTimeOffset longAgo = Local("1999-03-01T12:00:00");

        Assert.Equal(Local("1999-02-28T23:00:00"), TimeText.Parse("23:00", longAgo));
    }

    [Theory]
    [InlineData("2026-01-31")]
    [InlineData(" 2026-01-31 ")]
    [InlineData("01/31/2026")]
    [InlineData("31 Jan 2026")]
    public void A_date_alone_is_its_first_moment_and_as_an_end_its_last(string text)
    {
        Assert.Equal(Local("2026-01-31T00:00:00"), TimeText.Parse(text, Now));
        Assert.Equal(Local("2026-01-31T23:59:59.999"), TimeText.Parse(text, Now, isEnd: true));
    }

    [Theory]
    [InlineData("today", "2026-11-20T23:59:59.999")]
    [InlineData("Yesterday", "2026-11-19T23:59:59.999")]
    [InlineData("now", "2026-11-20T14:30:00")]
    [InlineData("-1d", "2026-11-19T14:30:00")]
    public void Words_for_days_include_them_at_the_end_and_other_words_stay(string text, string expected) =>
        Assert.Equal(Local(expected), TimeText.Parse(text, Now, isEnd: true));

    [Theory]
    [InlineData("2026-01-31 00:00", "2026-01-31T00:00:00")]
    [InlineData("2026-01-31T00:00", "2026-01-31T00:00:00")]
    [InlineData("2026-01-31 12am", "2026-01-31T00:00:00")]
    [InlineData("2026-01-31 14:00", "2026-01-31T14:00:00")]
    public void A_midnight_that_is_written_is_no_day(string text, string expected) =>
        Assert.Equal(Local(expected), TimeText.Parse(text, Now, isEnd: true));

    [Theory]
    [InlineData("2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31Z")]
    public void With_an_offset_it_is_that_very_instant(string text) =>
        Assert.Equal(DateTimeOffset.Parse("2026-01-31T00:00:00Z", null), TimeText.Parse(text, Now, isEnd: true));

    [Fact]
    public void So_is_a_DateTime()
    {
        var midnight = new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Local);

        Assert.Equal(midnight, TimeText.Parse(midnight, Now, isEnd: true).LocalDateTime);
    }

    [Fact]
    public void The_last_day_of_the_calendar_has_no_end() =>
        Assert.Equal(Local("9999-12-31T00:00:00"), TimeText.Parse("9999-12-31", Now, isEnd: true));

    private static DateTimeOffset Local(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
