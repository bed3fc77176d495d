namespace CseJobs.Client.Waiting;

/// <summary>How to wait.</summary>
internal sealed record WaitOptions
{
    /// <summary>How long at most; null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Time between two reads of a job; null lets the reads become rarer by themselves.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Whether one job that ends is enough.</summary>
    public bool Any { get; init; }

    /// <summary>Clock; tests bring their own.</summary>
    public Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;

    /// <summary>Waits; tests do not.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;
}
