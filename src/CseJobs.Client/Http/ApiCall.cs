namespace CseJobs.Client.Http;

/// <summary>One request to make, and what it is about, so that an error can say whom it concerns.</summary>
/// <param name="PathAndQuery">Path and query below the endpoint, already encoded.</param>
/// <param name="EngineId">The engine asked for; null when the call is about none in particular.</param>
/// <param name="JobId">The job asked for; null for a list.</param>
internal sealed record ApiCall(string PathAndQuery, string? EngineId = null, long? JobId = null)
{
    private readonly bool? _isRepeatable;

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The body, JSON; empty for reads.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Whether one try is enough: nothing is lost when it fails.</summary>
    public bool NoRetry { get; init; }

    /// <summary>Time that each try may take at most; null for what the options say.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether sending it twice does no more than sending it once. Reads do; of other calls that has to be known.</summary>
    public bool IsRepeatable
    {
        get => _isRepeatable ?? Method == HttpMethod.Get;
        init => _isRepeatable = value;
    }

    /// <summary>
    /// Whether an answer of this status is what was asked for. Of an action any success is: to report one that was accepted (202)
    /// as refused invites to do it again.
    /// </summary>
    public bool Accepts(int status) => status == 200 || (Method != HttpMethod.Get && status is > 200 and < 300);
}

/// <summary>A body whose bytes can be looked at: a signature covers them.</summary>
internal sealed class RequestBody(byte[] bytes) : ByteArrayContent(bytes)
{
    public byte[] Bytes { get; } = bytes;
}
