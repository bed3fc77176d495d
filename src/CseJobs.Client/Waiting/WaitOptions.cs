namespace CseJobs.Client.Waiting;

/// <summary>How a <see cref="JobWaiter"/> waits.</summary>
public sealed record WaitOptions
{
    /// <summary>How long at most; null, the default, for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Time between two reads of a job. Null, the default, begins with 1 second and lets the reads become rarer, up to 15 seconds.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Whether one job that ends is enough; false by default.</summary>
    public bool Any { get; init; }

    /// <summary>The clock to wait by; null, the default, takes that of the client's options.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>
    /// Is told of each read after which the wait for its job goes on, on any thread: the job is at work, failed and may recover
    /// (<see cref="TrackedJob.MayRecover"/>), or could not be read (<see cref="TrackedJob.ReadError"/>). It should not throw.
    /// </summary>
    public Action<TrackedJob>? OnRead { get; init; }
}

/// <summary>
/// When a job is read again. A configuration change takes seconds, a creation 20 minutes: reads are frequent at first and then
/// rarer, unless the caller asked for a fixed time between them.
/// </summary>
internal sealed class PollBackoff(TimeSpan? interval)
{
    private const double Growth = 1.5;

    private static readonly TimeSpan InitialDelay = TimeSpan.FromSeconds(1);

    // Other clients of this API read every 15 seconds throughout.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MaxDelayAfterFailure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(10);

    private TimeSpan _next = interval ?? InitialDelay;

    /// <summary>The time until the next read.</summary>
    public TimeSpan Next()
    {
        TimeSpan delay = _next;
        _next = interval ?? new[] { delay * Growth, MaxDelay }.Min();
        return delay;
    }

    /// <summary>The time until the next read after so many failed ones: longer each time, and not shorter than the server asks, up to ten minutes.</summary>
    public TimeSpan AfterFailure(int failures, TimeSpan? retryAfter)
    {
        double longer = Math.Min(_next.Ticks * Math.Pow(2, failures), MaxDelayAfterFailure.Ticks);
        TimeSpan wanted = new[] { retryAfter ?? TimeSpan.Zero, MaxRetryAfter }.Min();
        return new[] { _next, TimeSpan.FromTicks((long)longer), wanted }.Max();
    }
}
