using System.Text.RegularExpressions;

namespace CseJobs.Parameters;

/// <summary>Lets a time parameter take everything that <see cref="TimeText"/> reads.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter is the end of a window, which a date alone includes.</summary>
    public bool IsEnd { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return TimeText.Parse(inputData.Bare(), ModuleClock.Current.GetLocalNow(), IsEnd);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}

/// <summary>
/// Reads a point in time from what people type: a date, a date text (culture-invariant as in PowerShell, local unless it names
/// an offset), a time of day (<c>23:00</c>, <c>11pm</c>: its last occurrence), how long ago (<c>-2h</c>, <c>-7d</c>, a TimeSpan),
/// <c>now</c>, <c>today</c>, <c>yesterday</c>, or epoch milliseconds.
/// </summary>
internal static class TimeText
{
    // 1973-03-03: a smaller number is no time of a job in milliseconds, but seconds, days, or a date without separators.
    private const long SmallestEpochMs = 100_000_000_000;

    private const string Examples = "Use for example 2026-01-31, '2026-01-31 14:00', 2026-01-31T14:00:00Z, 23:00, -2h, -7d, today, (Get-Date).AddDays(-7), or epoch milliseconds.";

    private static readonly Regex Ago = new(@"^-?(?<n>\d{1,9}(\.\d{1,9})?)(?<unit>s|m|min|h|d|w)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <param name="value">The value of the parameter.</param>
    /// <param name="now">The time that relative values count from.</param>
    /// <param name="isEnd">Whether a day means its last millisecond instead of its first. A DateTime is always the very instant.</param>
    /// <exception cref="FormatException">The value is no point in time; the message has examples of what is.</exception>
    public static DateTimeOffset Parse(object? value, DateTimeOffset now, bool isEnd = false) => value switch
    {
        DateTimeOffset time => time,
        DateTime time => FromDateTime(time),
        TimeSpan span => Back(now, Length(span)),
        // PowerShell reads -7d in an expression ($x = -7d) as the decimal number -7: d is its suffix for decimals.
        decimal days when Math.Abs(days) < 100_000 => Back(now, TimeSpan.FromDays((double)Math.Abs(days))),
        // 30s typed without quotes is the number 30 of type short; s is its suffix.
        short seconds => Back(now, TimeSpan.FromSeconds(Math.Abs((int)seconds))),
        double number when number is not (> -1e15 and < 1e15) => throw NotEpoch(number.ToString(CultureInfo.InvariantCulture), string.Empty),
        int or long or double or decimal or uint or ulong => FromEpoch(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        string text => FromText(text.Trim(), now, isEnd),
        _ => throw new FormatException($"A value of type {value?.GetType().Name ?? "null"} is not a point in time. {Examples}"),
    };

    private static DateTimeOffset FromText(string text, DateTimeOffset now, bool isEnd) => text.ToLowerInvariant() switch
    {
        "now" => now,
        "today" => Day(now.LocalDateTime.Date, isEnd),
        "yesterday" => Day(now.LocalDateTime.Date.AddDays(-1), isEnd),
        _ when Ago.Match(text) is { Success: true } ago => Back(now, Span(ago)),
        _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) => FromEpoch(number),
        _ when text.StartsWith('-') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) => Back(now, Length(span)),
        _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time) => FromDate(text, time, now, isEnd),
        _ => throw new FormatException($"'{SafeText.Quote(text)}' is not a point in time. {Examples}"),
    };

    /// <summary>A text that is a point in time as the framework reads it, which takes today's date where it has none, and midnight where it has no time.</summary>
    private static DateTimeOffset FromDate(string text, DateTimeOffset time, DateTimeOffset now, bool isEnd)
    {
        // Without a date the day is the calendar's first. With Z or an offset the time is local by now, and its kind says so.
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AllowWhiteSpaces, out DateTime written))
            return time;

        if (written.Year == 1 && time.Year > 1)
        {
            DateTimeOffset today = FromDateTime(now.LocalDateTime.Date + written.TimeOfDay);
            return today <= now ? today : FromDateTime(now.LocalDateTime.Date.AddDays(-1) + written.TimeOfDay);
        }

        bool isDay = written is { Kind: DateTimeKind.Unspecified, TimeOfDay.Ticks: 0 } && !text.Contains(':') && !text.EndsWith("am", StringComparison.OrdinalIgnoreCase);
        return isDay ? Day(written, isEnd) : time;
    }

    // The end by the next midnight: days when clocks change are no 24 hours. The calendar's last day has no next one.
    private static DateTimeOffset Day(DateTime midnight, bool isEnd) =>
        isEnd && midnight < DateTime.MaxValue.Date ? FromDateTime(midnight.AddDays(1)).AddMilliseconds(-1) : FromDateTime(midnight);

    private static TimeSpan Span(Match ago)
    {
        double seconds = double.Parse(ago.Groups["n"].Value, CultureInfo.InvariantCulture) * ago.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "s" => 1,
            "m" or "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            _ => 7 * 86_400,
        };
        return seconds < 1e10 ? TimeSpan.FromSeconds(seconds) : throw new FormatException($"'{SafeText.Quote(ago.Value)}' lies too far back. {Examples}");
    }

    private static DateTimeOffset FromDateTime(DateTime time)
    {
        try
        {
            // Unspecified counts as local, as everywhere in PowerShell.
            return new DateTimeOffset(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            // DateTime.MinValue and MaxValue leave the range of DateTimeOffset when they are converted to UTC.
            return time.Year < 5000 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }
    }

    private static DateTimeOffset FromEpoch(decimal number)
    {
        if (number is < SmallestEpochMs or > 253_402_300_799_999)
        {
            string hint = number is > 1_000_000_000 and < SmallestEpochMs ? " It looks like epoch seconds: multiply it by 1000." : string.Empty;
            throw NotEpoch(number.ToString(CultureInfo.InvariantCulture), hint);
        }

        return DateTimeOffset.FromUnixTimeMilliseconds((long)number);
    }

    private static FormatException NotEpoch(string number, string hint) =>
        new($"The number {number} is no time in epoch milliseconds.{hint} {Examples}");

    // TimeSpan.MinValue.Duration() overflows.
    private static TimeSpan Length(TimeSpan span) => span == TimeSpan.MinValue ? TimeSpan.MaxValue : span.Duration();

    // A day of margin: the local time has to lie on the calendar, too.
    private static DateTimeOffset Back(DateTimeOffset now, TimeSpan span) =>
        span < now - DateTimeOffset.MinValue.AddDays(1) ? now - span : DateTimeOffset.MinValue;
}
