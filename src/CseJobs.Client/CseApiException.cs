using CseJobs.Client.Paging;

namespace CseJobs.Client;

/// <summary>
/// A call to the API failed. Carries what the server said; never a header, a token or a request object, so it can be logged
/// and serialised as it is.
/// </summary>
public sealed class CseApiException : Exception
{
    internal CseApiException(CseErrorReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why the call failed.</summary>
    public CseErrorReason Reason { get; }

    /// <summary>HTTP status of the answer; null when none came.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The server's error code, <c>SVCSTG.00501116</c> or <c>APIGW.0301</c> for example; null when it gave none.</summary>
    public string? Code { get; internal init; }

    /// <summary>The server's own error message; null when it gave none.</summary>
    public string? ServerMessage { get; internal init; }

    /// <summary>The server's details of the error (API field <c>detail</c>); null when it gave none.</summary>
    public string? Detail { get; internal init; }

    /// <summary>The server's id of the request, for its support; null when it gave none.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>HTTP method of the request.</summary>
    public string? Method { get; internal init; }

    /// <summary>Path and query of the request.</summary>
    public string? Path { get; internal init; }

    /// <summary>How often the call was tried again before it was given up.</summary>
    public int Retries { get; internal init; }

    /// <summary>How far a listing had come when it failed; null for other calls.</summary>
    public ListingPosition? Listing { get; internal init; }

    /// <summary>Id of the engine that was asked for; null when the list of engines was.</summary>
    public string? EngineId { get; internal init; }

    /// <summary>Id of the job that was asked for; null when a list or an engine was.</summary>
    public long? JobId { get; internal init; }

    /// <summary>Whether the same call may succeed a moment later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether the request certainly never left: the connection was refused.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The same failure, told of an engine and job: lower layers do not know whom a request concerns.</summary>
    internal CseApiException About(string? engineId, long? jobId) => Copy(Message, engineId, jobId, Retries, listing: null);

    /// <summary>The same failure after retries, or after the last wait that the call had time for.</summary>
    internal CseApiException AfterRetries(int retries, string? note)
    {
        string tries = retries switch
        {
            0 => string.Empty,
            1 => " Tried again once.",
            _ => $" Tried again {retries} times.",
        };
        return Copy(Message + tries + note, EngineId, JobId, Math.Max(retries, Retries), Listing, isTransient: false);
    }

    /// <summary>The same failure in the middle of a listing.</summary>
    internal CseApiException During(ListingPosition listing) => Copy(Message, EngineId, JobId, Retries, listing);

    private CseApiException Copy(string message, string? engineId, long? jobId, int retries, ListingPosition? listing, bool? isTransient = null) => new(Reason, message, InnerException)
    {
        IsTransient = isTransient ?? IsTransient,
        IsUnsent = IsUnsent,
        RetryAfter = RetryAfter,
        Retries = retries,
        Listing = listing,
        StatusCode = StatusCode,
        Code = Code,
        ServerMessage = ServerMessage,
        Detail = Detail,
        RequestId = RequestId,
        Method = Method,
        Path = Path,
        EngineId = engineId,
        JobId = jobId,
    };
}
