using System.Buffers;

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

    /// <summary>The server's id of the request; null when it gave none.</summary>
    public string? RequestId { get; init; }

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

/// <summary>
/// Reads a body whole, up to a limit: no server can make the caller's machine run out of memory. The buffer is rented: a page
/// is so large that each one newly made would bring a full garbage collection nearer. Give it back with <see cref="Return"/>.
/// </summary>
internal static class BoundedBody
{
    private const int InitialBuffer = 16 * 1024;

    /// <exception cref="BodyTooLargeException">The body is larger than <paramref name="limit"/>.</exception>
    public static Task<ArraySegment<byte>> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken) =>
        content.Headers.ContentLength > limit
            ? throw new BodyTooLargeException(limit)
            : ReadAsync(content, limit, cutAtLimit: false, cancellationToken);

    /// <summary>Reads no more than the beginning of a body.</summary>
    public static Task<ArraySegment<byte>> ReadStartAsync(HttpContent content, long limit, CancellationToken cancellationToken) =>
        ReadAsync(content, limit, cutAtLimit: true, cancellationToken);

    /// <summary>Gives a buffer back, emptied: an answer may hold what the next user of the buffer must not see.</summary>
    public static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer, clearArray: true);

    private static async Task<ArraySegment<byte>> ReadAsync(HttpContent content, long limit, bool cutAtLimit, CancellationToken cancellationToken)
    {
        // The announced length saves growing, but is not trusted with more than a page's worth of memory.
        int size = (int)Math.Min(Math.Max(content.Headers.ContentLength + 1 ?? InitialBuffer, 256), 4 * 1024 * 1024);
        // After a failure the buffer is left to the garbage collector: a broken connection might still write to it.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        int length = 0;
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (length == buffer.Length)
                buffer = Larger(buffer, (int)Math.Min((long)length * 2, limit + 1));

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return new ArraySegment<byte>(buffer, 0, length);

            length += read;
            if (length > limit)
                return cutAtLimit ? new ArraySegment<byte>(buffer, 0, (int)limit) : throw new BodyTooLargeException(limit);
        }
    }

    private static byte[] Larger(byte[] buffer, int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        Buffer.BlockCopy(buffer, 0, larger, 0, buffer.Length);
        Return(buffer);
        return larger;
    }
}

/// <summary>A body is larger than what is read.</summary>
internal sealed class BodyTooLargeException(long limit)
    : Exception($"The server's answer is larger than {limit / (1024 * 1024)} MiB; it was not read. A smaller page may help.");

/// <summary>Makes a body readable as UTF-8, which JSON is read from: takes a byte order mark away and converts other charsets.</summary>
internal static class BodyText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ArraySegment<byte> ToUtf8(ArraySegment<byte> body, string? charset)
    {
        if (StartsWith(body, 0xFF, 0xFE))
            return Convert(Encoding.Unicode, Skip(body, 2));

        if (StartsWith(body, 0xFE, 0xFF))
            return Convert(Encoding.BigEndianUnicode, Skip(body, 2));

        ArraySegment<byte> text = StartsWith(body, 0xEF, 0xBB, 0xBF) ? Skip(body, 3) : body;
        Encoding declared = EncodingOf(charset) ?? Encoding.UTF8;

        // UTF-16 without a mark passes for UTF-8 with zeroes. Of all others, what is valid UTF-8 is UTF-8, whatever a gateway
        // declares; and bytes that are not cost a character, not the answer.
        bool isWide = declared is UnicodeEncoding || declared is UTF32Encoding;
        return isWide || !IsUtf8(text) ? Convert(declared, text) : text;
    }

    private static bool IsUtf8(ArraySegment<byte> text)
    {
        try
        {
            Strict.GetCharCount(text.Array!, text.Offset, text.Count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>A charset that is unknown here, or known and refused as UTF-7 is, is taken for UTF-8: what JSON must be, whatever a server claims.</summary>
    private static Encoding? EncodingOf(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset))
            return null;

        try
        {
            return Encoding.GetEncoding(charset!.Trim('"', '\'', ' '));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static ArraySegment<byte> Convert(Encoding from, ArraySegment<byte> body) =>
        new(Encoding.Convert(from, Encoding.UTF8, body.Array!, body.Offset, body.Count));

    private static ArraySegment<byte> Skip(ArraySegment<byte> body, int count) =>
        new(body.Array!, body.Offset + count, body.Count - count);

    private static bool StartsWith(ArraySegment<byte> body, params byte[] mark)
    {
        if (body.Count < mark.Length)
            return false;

        for (int i = 0; i < mark.Length; i++)
        {
            if (body.Array![body.Offset + i] != mark[i])
                return false;
        }

        return true;
    }
}
