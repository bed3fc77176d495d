using CseJobs.Client.Paging;

namespace CseJobs.Client;

/// <summary>
/// A call to the API failed. Carries what the server said; never a header, a token or a request object, so it can be logged
/// and serialised as it is.
/// </summary>
public sealed class CseApiException : Exception
{
    private string? _ending;

    internal CseApiException(CseErrorReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>What failed, what the server said of it, and how often it was tried.</summary>
    public override string Message => base.Message + _ending;

    /// <summary>Why the call failed.</summary>
    public CseErrorReason Reason { get; }

    /// <summary>HTTP status of the answer; null when none came.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>The server's error code, <c>SVCSTG.00501116</c> or <c>APIGW.0301</c> for example; null when it gave none.</summary>
    public string? Code { get; internal init; }

    /// <summary>The server's own error message; null when it gave none.</summary>
    public string? ServerMessage { get; internal init; }

    /// <summary>The server's details of the error (API field <c>detail</c>); null when it gave none.</summary>
    public string? Detail { get; internal init; }

    /// <summary>The server's id of the request, for its support; null when it gave none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>HTTP method of the request.</summary>
    public string? Method { get; private set; }

    /// <summary>Path and query of the request.</summary>
    public string? Path { get; private set; }

    /// <summary>How often the call was tried again before it was given up.</summary>
    public int Retries { get; private set; }

    /// <summary>How long the server asked to wait (header Retry-After); null when it did not.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>How far a listing had come when it failed; null for other calls.</summary>
    public ListingPosition? Listing { get; private set; }

    /// <summary>Id of the engine that was asked for; null when the list of engines was.</summary>
    public string? EngineId { get; internal set; }

    /// <summary>Id of the job that was asked for; null when a list or an engine was.</summary>
    public long? JobId { get; internal set; }

    /// <summary>The server's clock (header Date); null when no answer told it.</summary>
    internal DateTimeOffset? ServerTime { get; init; }

    /// <summary>Whether the same call may succeed a moment later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether the request certainly never left: there was no connection.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>The same failure, of another call: one that is not made because this one was refused.</summary>
    /// <param name="engineId">The engine of that call.</param>
    /// <param name="jobId">Its job.</param>
    /// <returns>A copy, without this one's <see cref="Listing"/>; this exception does not change.</returns>
    public CseApiException About(string? engineId, long? jobId)
    {
        var copy = (CseApiException)MemberwiseClone();
        copy.EngineId = engineId;
        copy.JobId = jobId;
        copy.Listing = null;
        return copy;
    }

    /// <summary>Notes the last request, how often the call had been tried again in vain, and why it is not once more.</summary>
    internal CseApiException After(HttpRequestMessage request, int retries, string? whyNoMore)
    {
        Method = request.Method.Method;
        Path = request.RequestUri!.PathAndQuery;
        Retries = retries;
        string? ending = retries switch
        {
            0 => whyNoMore,
            1 => " Tried again once." + whyNoMore,
            _ => string.Create(CultureInfo.InvariantCulture, $" Tried again {retries} times.{whyNoMore}"),
        };

        // What is quoted of an answer has seldom a full stop.
        _ending = ending is null || base.Message.EndsWith('.') || base.Message.EndsWith(')') ? ending : "." + ending;
        return this;
    }

    /// <summary>Notes how far a listing had come when this failure ended it.</summary>
    internal CseApiException During(ListingPosition listing)
    {
        Listing = listing;
        return this;
    }
}
