namespace CseJobs.Client.Watching;

/// <summary>How a <see cref="JobWatcher"/> watches.</summary>
public sealed record WatchOptions
{
    /// <summary>How long at most; null, the default, without an end.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Time between two reads of a job at work, and of the list of engines. Null, the default: 1 to 15 seconds for a job at work, and 5
    /// seconds for the list of engines while one is, else 15.
    /// </summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>What ends the watch by itself; nothing by default.</summary>
    public WatchUntil Until { get; init; }

    /// <summary>Whether what is at work already comes first; false by default.</summary>
    public bool IncludeCurrent { get; init; }

    /// <summary>The clock to watch by; null, the default, takes that of the first client's options.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Is told of each reading of a job, those without a change and the last one among them. It should not throw.</summary>
    public Action<EngineJob>? OnRead { get; init; }

    /// <summary>
    /// Is told of each failure that ends the watch of something: of an engine (<see cref="CseApiException.EngineId"/>), or of all that the client
    /// was to watch. The rest goes on. It should not throw.
    /// </summary>
    public Action<CseApiException, CseClient>? OnError { get; init; }
}
