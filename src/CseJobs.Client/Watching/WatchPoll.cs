using CseJobs.Client.Waiting;

namespace CseJobs.Client.Watching;

/// <summary>Something that a watch reads again and again, whose failures it bears.</summary>
internal abstract class WatchPoll(CseClient client, WatchRules rules) : IPoll
{
    private TimeSpan _notBefore;

    public CseClient Client => client;

    /// <summary>Reads that have failed in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether it was ever read.</summary>
    public bool IsKnown { get; private set; }

    public TimeSpan DueAt => Due > _notBefore ? Due : _notBefore;

    public abstract Task? Work { get; }

    protected WatchRules Rules => rules;

    /// <summary>When it is read next if reads do not fail.</summary>
    protected abstract TimeSpan Due { get; }

    public abstract void Begin(CancellationToken cancellationToken);

    /// <summary>Reads nothing for a while after a read that failed.</summary>
    public TimeSpan PauseAfter(CseApiException error)
    {
        TimeSpan pause = rules.NewBackoff().AfterFailure(++Failures, error.RetryAfter);
        _notBefore = rules.Elapsed + pause;
        return pause;
    }

    /// <summary>Notes that a read was answered.</summary>
    protected void Answered() => (Failures, IsKnown) = (0, true);
}
