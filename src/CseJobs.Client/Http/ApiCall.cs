namespace CseJobs.Client.Http;

/// <summary>One request to make, and what it is about, so that an error can say whom it concerns.</summary>
/// <param name="PathAndQuery">Path and query below the endpoint, already encoded.</param>
/// <param name="EngineId">The engine asked for; null for the list of engines.</param>
/// <param name="JobId">The job asked for; null for a list.</param>
internal sealed record ApiCall(string PathAndQuery, string? EngineId, long? JobId = null)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The body, JSON; empty for reads.</summary>
    public byte[] Body { get; init; } = System.Array.Empty<byte>();

    /// <summary>Whether one try is enough: nothing is lost when it fails.</summary>
    public bool Once { get; init; }

    /// <summary>Whether sending it twice does no more than sending it once. Reads do; nothing is known of the rest.</summary>
    public bool IsRepeatable => Method == HttpMethod.Get;

    /// <summary>
    /// Whether an answer of this status is what was asked for. Of an action any success is: to report one that was accepted (202)
    /// as refused invites to do it again.
    /// </summary>
    public bool Accepts(int status) => status == 200 || (!IsRepeatable && status is > 200 and < 300);
}
