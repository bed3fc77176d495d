namespace CseJobs.Simulator;

/// <summary>One API request as it arrived.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as sent, still percent-encoded.</param>
/// <param name="RawQuery">The query as sent, without the question mark; empty if there was none.</param>
/// <param name="Headers">The headers, by case-insensitive name; repeated ones joined by a comma.</param>
/// <param name="Body">The request body, read as UTF-8.</param>
/// <param name="StatusCode">The status answered; 0 while the request is under way or if it was never answered.</param>
/// <param name="At">When it arrived, by the machine's clock.</param>
public sealed record RecordedRequest(
    string Method,
    string Path,
    string RawQuery,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    int StatusCode,
    DateTimeOffset At)
{
    /// <summary>
    /// As whom the simulator saw the call: <c>token:static</c>, <c>account-a/user-a</c> for an issued token (also an expired
    /// one) or a token call that succeeded, <c>ak:</c> and the access key for a signature that holds. Null if nobody was
    /// recognised.
    /// </summary>
    public string? Identity { get; init; }
}
