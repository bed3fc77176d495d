namespace CseJobs.Formatting;

/// <summary>Times and durations as the views write them.</summary>
internal static class ViewTime
{
    /// <summary>Time since then. Measured in UTC: a difference of local times is an hour off when the clocks change.</summary>
    public static TimeSpan Since(DateTime time) => ModuleClock.UtcNow - time.ToUniversalTime();

    public static string Age(DateTime time) => Age(Since(time));

    /// <summary>
    /// How long ago, in one unit rounded down: <c>3 min ago</c>. Negative when the server's clock is ahead: <c>in 3 min</c>. At
    /// most ten characters.
    /// </summary>
    public static string Age(TimeSpan age)
    {
        TimeSpan distance = age.Duration();

        // Months and years of average length.
        const double Year = 365.2425;
        (double count, string unit) = distance switch
        {
            { TotalMinutes: < 1 } => (distance.TotalSeconds, "s"),
            { TotalHours: < 1 } => (distance.TotalMinutes, "min"),
            { TotalDays: < 1 } => (distance.TotalHours, "h"),
            { TotalDays: < 30 } => (distance.TotalDays, "d"),
            { TotalDays: < 365 } => (Math.Max(1, distance.TotalDays / Year * 12), "mo"),
            _ => (Math.Max(1, distance.TotalDays / Year), "y"),
        };
        string text = string.Create(CultureInfo.InvariantCulture, $"{(long)count} {unit}");
        return distance.TotalSeconds < 1 ? "just now" : age < TimeSpan.Zero ? "in " + text : text + " ago";
    }

    /// <summary>
    /// The local clock, with the day where it is another one, and the age: <c>22:55 (3 h)</c>, <c>11-24 22:55 (23 h)</c>. After ten days the
    /// year counts more than the hour: <c>2026-11-04 (21 d)</c>. At most 18 characters for what has begun.
    /// </summary>
    public static string ClockAndAge(DateTime time, DateTime utcNow)
    {
        TimeSpan age = utcNow - time.ToUniversalTime();
        string format = age.Duration().TotalDays >= 10 ? "yyyy-MM-dd" : time.Date == utcNow.ToLocalTime().Date ? "HH:mm" : "MM-dd HH:mm";
        string ago = Age(age);
        return $"{time.ToString(format, CultureInfo.InvariantCulture)} ({(ago.EndsWith(" ago", StringComparison.Ordinal) ? ago[..^4] : ago)})";
    }

    /// <summary>For example <c>0:06:04</c> or <c>2.03:00:00</c>.</summary>
    public static string Duration(TimeSpan span) => span.ToString(span.Days > 0 ? @"d\.hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>
    /// The same for a table: with a plus while it grows, else with a blank, so that the digits are aligned. From a day on in days
    /// and hours, <c>2d 3h+</c>. At most nine characters.
    /// </summary>
    public static string InTable(TimeSpan? span, bool isRunning)
    {
        if (span is not { } value)
            return string.Empty;

        // Negative when the server's clock is ahead.
        value = value < TimeSpan.Zero ? TimeSpan.Zero : value;
        string text = value.Days switch
        {
            0 => Duration(value),
            < 1000 => string.Create(CultureInfo.InvariantCulture, $"{value.Days}d {value.Hours}h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value.Days}d"),
        };
        return text + (isRunning ? "+" : " ");
    }

    /// <summary>How long something remains valid: <c>in 23 h</c>, <c>in 45 min</c>, <c>expired</c>.</summary>
    public static string Left(TimeSpan? left) => left switch
    {
        null => string.Empty,
        { Ticks: <= 0 } => "expired",
        { TotalHours: >= 2 } span => string.Create(CultureInfo.InvariantCulture, $"in {Math.Floor(span.TotalHours):N0} h"),
        { } span => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(span.TotalMinutes):N0} min"),
    };
}
