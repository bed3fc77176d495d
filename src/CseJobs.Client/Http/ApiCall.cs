namespace CseJobs.Client.Http;

/// <summary>One request to make, and what it is about, so that an error can say whom it concerns.</summary>
/// <param name="PathAndQuery">Path and query below the endpoint, already encoded.</param>
/// <param name="EngineId">The engine asked for.</param>
/// <param name="JobId">The job asked for; null for a list.</param>
internal sealed record ApiCall(string PathAndQuery, string EngineId, long? JobId = null);
