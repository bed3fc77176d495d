using System.Buffers;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using CseJobs.Client.Json;

namespace CseJobs.Client.Http;

/// <summary>An answer of a server, read whole: its headers, and its body in a rented buffer. The body may be read until it is disposed.</summary>
internal sealed class HttpAnswer(HttpResponseMessage response, ArraySegment<byte> received) : IDisposable
{
    private byte[]? _buffer = received.Array;

    public int Status => (int)response.StatusCode;

    /// <summary>The body in UTF-8.</summary>
    public ArraySegment<byte> Body { get; private set; } = BodyText.ToUtf8(received, response.Content.Headers.ContentType?.CharSet);

    /// <summary>The server's clock; null when it did not say.</summary>
    public DateTimeOffset? Date => response.Headers.Date;

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location => response.Headers.Location;

    /// <summary>The token of an IAM answer.</summary>
    public string? SubjectToken => First(response.Headers, "X-Subject-Token");

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The server's id of the request; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The first value of a header; null when there is none or it is empty.</summary>
    public static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>Gives the body's buffer back.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
            BoundedBody.Return(_buffer);

        _buffer = null;
        Body = default;
    }
}

/// <summary>
/// Reads a body whole, up to a limit: no server can make the caller's machine run out of memory. The buffer is rented: a page
/// is so large that each one newly made would bring a full garbage collection nearer. Give it back with <see cref="Return"/>.
/// </summary>
internal static class BoundedBody
{
    private const int InitialBuffer = 16 * 1024;
    private const int MaxTrustedLength = 4 * 1024 * 1024;
    private const int MaxKept = 16 * 1024 * 1024;

    /// <exception cref="AnswerTooLargeException">The body is larger than <paramref name="limit"/>.</exception>
    public static async Task<ArraySegment<byte>> ReadAsync(HttpContent content, long limit, bool cutAtLimit, CancellationToken cancellationToken)
    {
        long? announced = content.Headers.ContentLength;
        if (announced > limit && !cutAtLimit)
            throw new AnswerTooLargeException(limit);

        // The announced length saves growing, but is not trusted with more than a page's worth of memory.
        // After a failure the buffer is left to the garbage collector: a broken connection might still write to it.
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(announced + 1 ?? InitialBuffer, MaxTrustedLength));
        int length = 0;
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (length == buffer.Length)
            {
                byte[] full = buffer;
                buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length * 2L, limit + 1));
                full.CopyTo(buffer, 0);
                Return(full);
            }

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return new ArraySegment<byte>(buffer, 0, length);

            length += read;
            if (length > limit)
                return cutAtLimit ? new ArraySegment<byte>(buffer, 0, (int)limit) : throw new AnswerTooLargeException(limit);
        }
    }

    /// <summary>Gives a buffer back, emptied: an answer may hold what the next user of the buffer must not see. One that no page needs would stay for long.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= MaxKept)
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }
}

/// <summary>An answer is larger than what is read, or holds more.</summary>
internal sealed class AnswerTooLargeException(string message) : Exception(message)
{
    public AnswerTooLargeException(long limit)
        : this(string.Create(CultureInfo.InvariantCulture, $"The server's answer is larger than {limit / (1024 * 1024)} MiB; it was not read. A smaller page may help."))
    {
    }
}

/// <summary>Makes a body readable as UTF-8, which JSON is read from: takes a byte order mark away and converts other charsets.</summary>
internal static class BodyText
{
    public static ArraySegment<byte> ToUtf8(ArraySegment<byte> body, string? charset)
    {
        // UTF-16 without a mark passes for UTF-8 with zeroes. Of all others, what is valid UTF-8 is UTF-8, whatever a gateway
        // declares; and bytes that are not cost a character, not the answer.
        // The mark of UTF-32 begins with that of UTF-16, for which a reader that expects this takes it.
        Encoding declared = body.AsSpan().StartsWith(Encoding.UTF32.Preamble) ? Encoding.UTF32 : EncodingOf(charset);
        if (declared is not (UnicodeEncoding or UTF32Encoding) && Utf8.IsValid(body))
            return body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

        using var reader = new StreamReader(new MemoryStream(body.Array!, body.Offset, body.Count), declared, detectEncodingFromByteOrderMarks: true);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }

    /// <summary>A charset that is unknown here, or known and refused as UTF-7 is, is taken for UTF-8: what JSON must be, whatever a server claims.</summary>
    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"', '\'', ' '));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}

/// <summary>
/// What an error answer says, in whichever of its shapes it comes: ServiceStage (<c>errorCode, errorMessage, detail</c>), CSE
/// (<c>error_code, error_msg</c> or <c>error_message</c>), gateway (adds <c>request_id</c>), IAM (<c>error: {code, message}</c>),
/// others (<c>code, message</c>), or no JSON at all.
/// </summary>
internal sealed record ErrorBody(string? Code, string? Message, string? Detail, string? RequestId)
{
    private const int MaxTextLength = 300;

    // Far more than is shown: a token that a page repeats must be found whole.
    private const int MaxRead = 512 * 1024;

    // What is larger says no error, and could hold millions of fields.
    private const int MaxJson = 1024 * 1024;

    private static readonly string[] CodeNames = ["error.error_code", "error.errorcode", "error.code", "error_code", "errorcode", "code"];
    private static readonly string[] MessageNames =
    [
        "error.error_msg", "error.error_message", "error.errormessage", "error.errormsg", "error.message",
        "error_msg", "error_message", "errormessage", "errormsg", "message", "error",
    ];

    /// <summary>Nothing is known.</summary>
    public static ErrorBody None { get; } = new(null, null, null, null);

    /// <param name="body">The body.</param>
    /// <param name="redact">Takes secrets out of a text; done before anything is cut, so that no part of one stays.</param>
    public static ErrorBody Read(ArraySegment<byte> body, Func<string, string> redact)
    {
        try
        {
            var fields = new Dictionary<string, string>();
            if (body.Count < MaxJson && JsonFieldReader.ReadAnswer(body, new TextPool(), (ref JsonFieldReader json) => Read(ref json, fields, string.Empty)))
            {
                string? First(params string[] names) =>
                    Array.Find(names, name => fields.GetValueOrDefault(name) is { Length: > 0 }) is { } found ? Shown(fields[found], redact) : null;

                return new ErrorBody(First(CodeNames), First(MessageNames), First("detail", "details"), First("request_id", "requestid"));
            }
        }
        catch (JsonException)
        {
            // Not JSON: a proxy's or load balancer's page. Its first words are all there is.
        }

        return new ErrorBody(null, FirstWords(body, redact), null, null);
    }

    /// <summary>The first printable characters of a body that is not JSON, without HTML tags; null when there are none.</summary>
    public static string? FirstWords(ArraySegment<byte> body, Func<string, string> redact)
    {
        string text = redact(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Count, MaxRead))));
        string words = Regex.Replace(text, """(<[^>]*>?|[\s\p{Cc}\ufffd\ufeff])+""", " ").Trim();
        return words.Length == 0 ? null : SafeText.Clean(Cut(words));
    }

    /// <summary>Collects the texts and numbers of an answer by their names in lower case, those of an inner error as <c>error.name</c>.</summary>
    /// <returns>Whether it is an object.</returns>
    private static bool Read(ref JsonFieldReader json, Dictionary<string, string> fields, string prefix)
    {
        bool isObject = json.Value() == JsonTokenType.StartObject;
        while (isObject && json.NextField())
        {
            string name = prefix + json.Name.ToString();
            switch (json.Value())
            {
                case JsonTokenType.String: fields.TryAdd(name, json.RawText()); break;
                case JsonTokenType.Number: fields.TryAdd(name, json.Text()!); break;
                case JsonTokenType.StartObject when name == "error": Read(ref json, fields, "error."); break;
                default: json.Skip(); break;
            }
        }

        return isObject;
    }

    // Made safe last: the cut may go through a character.
    private static string Shown(string text, Func<string, string> redact) => SafeText.Clean(Cut(redact(text.Length > MaxRead ? text[..MaxRead] : text)));

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "…";
}
