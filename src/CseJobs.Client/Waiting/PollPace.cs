namespace CseJobs.Client.Waiting;

/// <summary>
/// When a job is read again. A configuration change takes seconds, a creation 20 minutes: reads are frequent at first and then
/// rarer, unless the caller asked for a fixed time between them.
/// </summary>
internal sealed class PollPace(TimeSpan? asked)
{
    /// <summary>Where reads begin when nothing is asked.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Where they end; other clients of this API read every 15 seconds throughout.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private const double Growth = 1.5;

    private static readonly TimeSpan LongestAfterMiss = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    private TimeSpan _next = asked ?? First;

    /// <summary>The time until the next read.</summary>
    public TimeSpan Next()
    {
        TimeSpan delay = _next;
        if (asked is null)
        {
            _next = Shorter(TimeSpan.FromTicks((long)(_next.Ticks * Growth)), Longest);
        }

        return delay;
    }

    /// <summary>The time until the next read after so many failed ones: longer each time, and not shorter than the server asks, up to ten minutes.</summary>
    public TimeSpan AfterMiss(int misses, TimeSpan? retryAfter)
    {
        double ticks = Math.Min(_next.Ticks * Math.Pow(2, misses), LongestAfterMiss.Ticks);
        TimeSpan delay = Longer(_next, TimeSpan.FromTicks((long)ticks));
        return retryAfter is { } wanted ? Longer(delay, Shorter(wanted, LongestRetryAfter)) : delay;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
