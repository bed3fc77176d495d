namespace CseJobs.Client;

/// <summary>
/// Remembers that the session as a whole was refused. What is still to come would be refused too, and each refused signature brings
/// the access key nearer to being locked: it gets its error without being sent. Thread-safe.
/// </summary>
public sealed class AuthFailureLatch
{
    private volatile CseApiException? _error;

    /// <summary>Takes note of a failure if it concerns the session and not only one call: the first one stays.</summary>
    /// <param name="error">The failure; null is none.</param>
    public void Note(CseApiException? error)
    {
        if (error?.Reason is CseErrorReason.AuthenticationFailed or CseErrorReason.SessionClosed)
            _error ??= error;
    }

    /// <summary>The refusal, told of a call that need not be sent any more.</summary>
    /// <param name="engineId">The engine that the call is about; null for the list of engines.</param>
    /// <param name="jobId">The job that it is about; null for a list or an engine.</param>
    /// <returns>The refusal; null as long as there was none.</returns>
    public CseApiException? For(string? engineId, long? jobId) => _error?.About(engineId, jobId);

    /// <summary>Fails if the session was refused before.</summary>
    /// <param name="engineId">The engine that the call is about; null for the list of engines.</param>
    /// <param name="jobId">The job that it is about; null for a list or an engine.</param>
    /// <exception cref="CseApiException">The session was refused before.</exception>
    public void ThrowIfSet(string? engineId, long? jobId)
    {
        if (For(engineId, jobId) is { } error)
            throw error;
    }
}
