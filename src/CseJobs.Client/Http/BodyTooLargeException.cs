namespace CseJobs.Client.Http;

/// <summary>A body is larger than what is read.</summary>
internal sealed class BodyTooLargeException(long limit)
    : Exception($"The server's answer is larger than {limit / (1024 * 1024)} MiB; it was not read. A smaller -PageSize may help.");
