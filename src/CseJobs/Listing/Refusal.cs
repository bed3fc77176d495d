using CseJobs.Client;

namespace CseJobs.Listing;

/// <summary>
/// Whether the session as a whole was refused. What is still to come would be refused too, and each refused signature brings
/// the access key nearer to being locked: it gets its error without being sent. Thread-safe.
/// </summary>
internal sealed class Refusal
{
    private volatile CseApiException? _error;

    /// <summary>The refusal; null as long as there was none.</summary>
    public CseApiException? Error => _error;

    /// <summary>Takes note of a failure if it concerns the session and not only one call.</summary>
    public void Note(CseApiException? error)
    {
        if (error?.Reason is CseErrorReason.AuthenticationFailed or CseErrorReason.SessionClosed)
        {
            _error ??= error;
        }
    }

    /// <exception cref="CseApiException">The session was refused before.</exception>
    public void ThrowIfKnown()
    {
        if (_error is { } error)
        {
            throw error;
        }
    }
}
