using CseJobs.Client;

namespace CseJobs.Listing;

/// <summary>
/// Whether the session as a whole was refused. What is still to come would be refused too, and each refused signature brings
/// the access key nearer to being locked: it gets its error without being sent. Thread-safe.
/// </summary>
internal sealed class Refusal
{
    private volatile CseApiException? _error;

    /// <summary>Takes note of a failure if it concerns the session and not only one call.</summary>
    public void Note(CseApiException? error)
    {
        if (error?.Reason is CseErrorReason.AuthenticationFailed or CseErrorReason.SessionClosed)
        {
            _error ??= error;
        }
    }

    /// <summary>The refusal, told of a call that need not be sent any more; null as long as there was none.</summary>
    public CseApiException? For(string? engine, long? job) => _error?.About(engine, job);

    /// <exception cref="CseApiException">The session was refused before.</exception>
    public void ThrowIfKnown(string? engine, long? job)
    {
        if (For(engine, job) is { } error)
        {
            throw error;
        }
    }
}
