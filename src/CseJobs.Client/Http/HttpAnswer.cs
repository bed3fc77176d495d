namespace CseJobs.Client.Http;

/// <summary>An answer of a server, read whole. Its body may be read until it is disposed.</summary>
internal sealed class HttpAnswer : IDisposable
{
    private byte[]? _buffer;

    /// <param name="received">The bytes of the body, in a rented buffer.</param>
    /// <param name="charset">What the server says they are.</param>
    public HttpAnswer(ArraySegment<byte> received, string? charset)
    {
        _buffer = received.Array;
        Body = BodyText.ToUtf8(received, charset);
    }

    public required int Status { get; init; }

    /// <summary>The body in UTF-8.</summary>
    public ArraySegment<byte> Body { get; private set; }

    /// <summary>The server's clock (header Date); null when it did not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; init; }

    /// <summary>How long the server asks to wait (header Retry-After).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The token of an IAM answer (header X-Subject-Token).</summary>
    public string? SubjectToken { get; init; }

    public required RequestTrace Trace { get; init; }

    /// <summary>The failure that this answer is.</summary>
    /// <param name="reason">Why it is one.</param>
    /// <param name="message">What to say.</param>
    /// <param name="error">What its body says.</param>
    /// <param name="isTransient">Whether the same request may be answered a moment later.</param>
    public CseApiException Failure(CseErrorReason reason, string message, ErrorBody error, bool isTransient) => new(reason, message)
    {
        StatusCode = Status,
        Code = error.Code,
        ServerMessage = error.Message,
        Detail = error.Detail,
        RequestId = Trace.RequestId ?? error.RequestId,
        Method = Trace.Method,
        Path = Trace.PathAndQuery,
        IsTransient = isTransient,
        RetryAfter = RetryAfter,
    };

    /// <summary>Gives the body's buffer back.</summary>
    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            Body = default;
            BoundedBody.Return(buffer);
        }
    }
}
