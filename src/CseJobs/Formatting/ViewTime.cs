namespace CseJobs.Formatting;

/// <summary>Times and durations as the views write them.</summary>
internal static class ViewTime
{
    /// <summary>Sortable and the same in all cultures; the list view uses the culture's own form.</summary>
    public static string Minute(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Time since then. Measured in UTC: a difference of local times is an hour off when the clocks change.</summary>
    public static TimeSpan Since(DateTime time) => ModuleClock.UtcNow - time.ToUniversalTime();

    public static string Age(DateTime time) => Age(Since(time));

    /// <summary>
    /// How long ago, in one unit rounded down: <c>3 min ago</c>. Negative when the server's clock is ahead: <c>in 3 min</c>. At
    /// most ten characters.
    /// </summary>
    public static string Age(TimeSpan age)
    {
        bool isFuture = age < TimeSpan.Zero;
        TimeSpan distance = age.Duration();
        if (distance.TotalSeconds < 1)
            return "just now";

        // Months and years of average length.
        const double Year = 365.2425;
        string text = distance switch
        {
            { TotalMinutes: < 1 } => Count(distance.TotalSeconds, "s"),
            { TotalHours: < 1 } => Count(distance.TotalMinutes, "min"),
            { TotalDays: < 1 } => Count(distance.TotalHours, "h"),
            { TotalDays: < 30 } => Count(distance.TotalDays, "d"),
            { TotalDays: < 365 } => Count(Math.Max(1, distance.TotalDays / Year * 12), "mo"),
            _ => Count(Math.Max(1, distance.TotalDays / Year), "y"),
        };
        return isFuture ? "in " + text : text + " ago";
    }

    /// <summary>For example <c>0:06:04</c> or <c>2.03:00:00</c>.</summary>
    public static string Duration(TimeSpan? span)
    {
        if (span is not { } value)
            return string.Empty;

        string days = value.Days > 0 ? value.Days.ToString(CultureInfo.InvariantCulture) + "." : string.Empty;
        return days + value.ToString(value.Days > 0 ? @"hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
    }

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
        string days = value.Days.ToString(CultureInfo.InvariantCulture) + "d";
        string text = value.Days switch
        {
            0 => Duration(value),
            < 1000 => $"{days} {value.Hours.ToString(CultureInfo.InvariantCulture)}h",
            _ => days,
        };
        return text + (isRunning ? "+" : " ");
    }

    /// <summary>How long something remains valid: <c>in 23 h</c>, <c>in 45 min</c>, <c>expired</c>.</summary>
    public static string Left(TimeSpan? left) => left switch
    {
        null => string.Empty,
        { Ticks: <= 0 } => "expired",
        { TotalHours: >= 2 } span => $"in {Math.Floor(span.TotalHours).ToString("N0", CultureInfo.InvariantCulture)} h",
        { } span => $"in {Math.Ceiling(span.TotalMinutes).ToString("N0", CultureInfo.InvariantCulture)} min",
    };

    private static string Count(double value, string unit) => ((long)value).ToString(CultureInfo.InvariantCulture) + " " + unit;
}
