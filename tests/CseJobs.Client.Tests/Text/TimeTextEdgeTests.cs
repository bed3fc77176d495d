using CseJobs.Parameters;
using Xunit;

namespace CseJobs.Client.Tests.Text;

/// <summary>Numbers that may be days or milliseconds, and spans that reach beyond the calendar.</summary>
public sealed class TimeTextEdgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("99999.5")]
    [InlineData("-99999.5")]
    [InlineData("0.5")]
    [InlineData("-7")]
    public void A_decimal_number_is_days_ago_whatever_its_sign(string days)
    {
        decimal number = decimal.Parse(days, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(Now.AddDays(-(double)Math.Abs(number)), TimeText.Parse(number, Now));
    }

    [Theory]
    [InlineData("100000")]
    [InlineData("-100000")]
    [InlineData("-1636540095901")]
    public void Further_back_than_any_date_it_is_refused(string days) =>
        Assert.Throws<FormatException>(() => TimeText.Parse(decimal.Parse(days, System.Globalization.CultureInfo.InvariantCulture), Now));

    [Fact]
    public void A_large_decimal_number_is_milliseconds() =>
        Assert.Equal(1636540095901, TimeText.Parse(1636540095901m, Now).ToUnixTimeMilliseconds());

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(8)]
    public void A_span_back_to_the_first_day_of_the_calendar_is_its_beginning_in_every_zone(int offset)
    {
        DateTimeOffset now = Now.ToOffset(TimeSpan.FromHours(offset));
        TimeSpan all = now - DateTimeOffset.MinValue;

        Assert.Equal(DateTimeOffset.MinValue.AddDays(2), TimeText.Parse(all - TimeSpan.FromDays(2), now));
        foreach (TimeSpan span in new[] { all - TimeSpan.FromDays(1), all - TimeSpan.FromHours(1), all, all + TimeSpan.FromTicks(1) })
        {
            Assert.Equal(DateTimeOffset.MinValue, TimeText.Parse(span, now));
        }
    }
}
