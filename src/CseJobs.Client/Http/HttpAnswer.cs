using System;

namespace CseJobs.Client.Http;

/// <summary>An answer of a server, read whole.</summary>
internal sealed class HttpAnswer
{
    public required int Status { get; init; }

    public required ArraySegment<byte> Body { get; init; }

    /// <summary>The server's clock (header Date); null when it did not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; init; }

    /// <summary>How long the server asks to wait (header Retry-After).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The token of an IAM answer (header X-Subject-Token).</summary>
    public string? SubjectToken { get; init; }

    public required RequestTrace Trace { get; init; }
}
