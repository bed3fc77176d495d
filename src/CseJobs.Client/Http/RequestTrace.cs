namespace CseJobs.Client.Http;

/// <summary>What is told of one request after it ended: no header, no body.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="PathAndQuery">Path and query as sent.</param>
/// <param name="StatusCode">HTTP status; null when no answer came.</param>
/// <param name="Elapsed">From sending to the last byte of the body.</param>
/// <param name="Bytes">Size of the body in bytes, after unpacking.</param>
/// <param name="RequestId">The server's id of the request; null when it gave none.</param>
/// <param name="Failure">Why there was no usable answer; null when there was one.</param>
public sealed record RequestTrace(string Method, string PathAndQuery, int? StatusCode, TimeSpan Elapsed, long Bytes, string? RequestId, string? Failure)
{
    /// <summary>One line for a log.</summary>
    /// <returns>For example <c>GET /v2/p/enginemgr/engines/e/jobs?offset=0&amp;limit=100 -> 200 in 34 ms, 61,204 bytes, request id 5e1f</c>.</returns>
    public override string ToString()
    {
        string outcome = Failure ?? StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer";
        string line = string.Create(CultureInfo.InvariantCulture, $"{Method} {PathAndQuery} -> {outcome} in {Elapsed.TotalMilliseconds:0} ms");
        string size = StatusCode is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {Bytes:N0} bytes");
        return line + size + (RequestId is null ? string.Empty : $", request id {RequestId}");
    }
}
