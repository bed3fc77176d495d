namespace CseJobs.Reporting;

/// <summary>A span of the calendar.</summary>
internal enum TimeUnit
{
    Day,
    Hour,
    Week,
    Month,
}

/// <summary>Where such spans begin.</summary>
internal static class TimeUnits
{
    /// <summary>The beginning of the span that a local time lies in, by the local clock.</summary>
    public static DateTime StartOf(this TimeUnit unit, DateTime local) => unit switch
    {
        TimeUnit.Hour => local.Date.AddHours(local.Hour),
        TimeUnit.Week => local.Date.AddDays(-Math.Min(((int)local.DayOfWeek + 6) % 7, (local.Date - DateTime.MinValue).Days)),
        TimeUnit.Month => local.Date.AddDays(1 - local.Day),
        _ => local.Date,
    };
}
