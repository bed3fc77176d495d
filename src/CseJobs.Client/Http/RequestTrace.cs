namespace CseJobs.Client.Http;

/// <summary>What is told of one request after it ended: no header, no body.</summary>
public sealed class RequestTrace
{
    internal RequestTrace(string method, string pathAndQuery, int? statusCode, TimeSpan elapsed, long bytes, string? requestId, string? failure)
    {
        Method = method;
        PathAndQuery = pathAndQuery;
        StatusCode = statusCode;
        Elapsed = elapsed;
        Bytes = bytes;
        RequestId = requestId;
        Failure = failure;
    }

    /// <summary>HTTP method.</summary>
    public string Method { get; }

    /// <summary>Path and query as sent.</summary>
    public string PathAndQuery { get; }

    /// <summary>HTTP status; null when no answer came.</summary>
    public int? StatusCode { get; }

    /// <summary>From sending to the last byte of the body.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Size of the body in bytes, after unpacking.</summary>
    public long Bytes { get; }

    /// <summary>The server's id of the request; null when it gave none.</summary>
    public string? RequestId { get; }

    /// <summary>Why there was no usable answer; null when there was one.</summary>
    public string? Failure { get; }

    /// <summary>One line for a log.</summary>
    /// <returns>For example <c>GET /v2/p/enginemgr/engines/e/jobs?offset=0&amp;limit=100 -> 200 in 34 ms, 61,204 bytes, request id 5e1f</c>.</returns>
    public override string ToString()
    {
        string outcome = Failure ?? StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer";
        string line = string.Format(
            CultureInfo.InvariantCulture, "{0} {1} -> {2} in {3:0} ms", Method, PathAndQuery, outcome, Elapsed.TotalMilliseconds);
        if (StatusCode is not null)
            line += string.Format(CultureInfo.InvariantCulture, ", {0:N0} bytes", Bytes);

        return RequestId is null ? line : $"{line}, request id {RequestId}";
    }
}
