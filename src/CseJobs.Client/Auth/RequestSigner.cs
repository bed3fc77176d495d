using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CseJobs.Client.Auth;

/// <summary>
/// Signs requests with an access key, algorithm <c>SDK-HMAC-SHA256</c>. The canonical form is built from the text of the URL
/// that is sent, never from parts that <see cref="Uri"/> may have normalised.
/// </summary>
internal static class RequestSigner
{
    private const string Algorithm = "SDK-HMAC-SHA256";

    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromMinutes(1);

    // A signature is 64 hexadecimal digits. Gateways echo it, along with hashes of the same form that nobody will miss.
    private static readonly Regex SignatureForm = new("[0-9a-fA-F]{64}|(?<=Signature=)[0-9a-fA-F]+", RegexOptions.CultureInvariant);

    /// <summary>Adds X-Sdk-Date, X-Security-Token (for temporary keys) and Authorization. Signed are host, date, every X- header and the body.</summary>
    /// <exception cref="NotSupportedException">The body is of a kind that cannot be looked at.</exception>
    public static void Sign(HttpRequestMessage request, AccessKey key, DateTimeOffset now)
    {
        string date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Sdk-Date", date);
        if (key.SecurityToken is not null)
            request.Headers.TryAddWithoutValidation("X-Security-Token", key.SecurityToken.Reveal());

        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = HostOf(request.RequestUri!) };
        foreach ((string name, IEnumerable<string> values) in request.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)))
            signed[name.ToLowerInvariant()] = string.Join(",", values);

        byte[] body = request.Content switch
        {
            null => [],
            RequestBody content => content.Bytes,
            { } other => throw new NotSupportedException($"A body of type {other.GetType().Name} cannot be signed."),
        };
        string canonical = CanonicalRequest(request.Method.Method, request.RequestUri!.OriginalString, signed, body);
        string signature = Signature(key.SecretKey.Reveal(), date, canonical);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Access={key.Id}, SignedHeaders={string.Join(";", signed.Keys)}, Signature={signature}");
    }

    public static string CanonicalRequest(string method, string url, SortedDictionary<string, string> headers, byte[] body)
    {
        int pathStart = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        string[] target = (pathStart < 0 ? "/" : url[pathStart..]).Split('?', 2);

        // The path ends in a slash in the canonical form only; the URL that is sent does not change.
        string path = string.Join("/", target[0].Split('/').Select(Reencode));
        return string.Join(
            '\n',
            method.ToUpperInvariant(),
            path.EndsWith('/') ? path : path + "/",
            target.Length > 1 ? CanonicalQuery(target[1]) : string.Empty,
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value.Trim()}\n")),
            string.Join(";", headers.Keys),
            Sha256(body));
    }

    public static string Signature(string secretKey, string date, string canonicalRequest)
    {
        string toSign = $"{Algorithm}\n{date}\n{Sha256(Encoding.UTF8.GetBytes(canonicalRequest))}";
        byte[] keyBytes = Encoding.UTF8.GetBytes(secretKey);
        try
        {
            return Hex(HMACSHA256.HashData(keyBytes, Encoding.UTF8.GetBytes(toSign)));
        }
        finally
        {
            Array.Clear(keyBytes);
        }
    }

    public static string Sha256(byte[] data) => Hex(SHA256.HashData(data));

    /// <summary>Takes out of a text what signing puts into requests.</summary>
    public static string RemoveSignatures(string text) => SignatureForm.Replace(text, "[hidden]");

    /// <summary>What to check when a signature was refused. Never to be retried: a few failures lock the key for minutes.</summary>
    public static string Explain(HttpAnswer answer, DateTimeOffset now)
    {
        const string Check = "Check the access key, its secret and this machine's clock.";
        if (answer.Date is not { } server || (now - server).Duration() <= NoticeableSkew)
            return Check;

        string direction = now > server ? "ahead of" : "behind";
        string skew = (now - server).Duration().TotalMinutes.ToString("N0", CultureInfo.InvariantCulture);
        return $"{Check} The clock is {skew} minutes {direction} the server's; more than 15 minutes are refused.";
    }

    private static string CanonicalQuery(string query) => query.Length == 0 ? query : string.Join("&", query.Split('&')
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Key: Reencode(pair[0]), Value: pair.Length > 1 ? Reencode(pair[1]) : string.Empty))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Reencode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    /// <summary>As HttpClient writes it into the header: an IPv6 address in brackets, which <see cref="Uri.IdnHost"/> leaves out.</summary>
    private static string HostOf(Uri uri)
    {
        string host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

/// <summary>An access key with its secret, permanent or temporary. The security token (header X-Security-Token) goes with temporary ones.</summary>
internal sealed record AccessKey(string Id, Secret SecretKey, Secret? SecurityToken, DateTimeOffset? ExpiresAt = null) : IExpiringCredential
{
    /// <summary>The id is no secret, but shown in part only.</summary>
    public string MaskedId => Id.Length < 8 ? "…" : $"{Id[..2]}…{Id[^2..]}";

    public void Authorize(HttpRequestMessage request, DateTimeOffset now) => RequestSigner.Sign(request, this, now);

    public string RemoveFrom(string text)
    {
        string clean = SecretKey.RemoveFrom(Id.Length < 8 ? text : text.Replace(Id, MaskedId));
        return SecurityToken?.RemoveFrom(clean) ?? clean;
    }

    public void Clear()
    {
        SecretKey.Clear();
        SecurityToken?.Clear();
    }

    /// <exception cref="ArgumentException">A part of it cannot be right.</exception>
    public void Check()
    {
        CheckText(Id, "access key");
        if (string.IsNullOrWhiteSpace(SecretKey.Reveal()))
            throw new ArgumentException("The secret key is empty.");

        if (SecurityToken is not null)
            CheckText(SecurityToken.Reveal(), "security token");
    }

    /// <summary>Whether quotes stand around a value. The shell or the parser that should have taken them away did not.</summary>
    public static bool IsQuoted(string value) => value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0];

    /// <summary>Reads temporary keys as IAM and the metadata service give them.</summary>
    /// <exception cref="JsonException">They are of another form, or cannot be keys. The message does not repeat them.</exception>
    public static AccessKey ReadTemporary(ArraySegment<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement credential = document.RootElement.GetProperty("credential");
            string text(string name) => credential.GetProperty(name).GetString() ?? throw new FormatException();
            DateTimeOffset expires = DateTimeOffset.Parse(text("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var key = new AccessKey(text("access"), new Secret(text("secret")), new Secret(text("securitytoken")), expires);
            key.Check();
            return key;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new JsonException("it has not the expected keys");
        }
        catch (ArgumentException)
        {
            throw new JsonException("its keys hold characters that keys cannot have");
        }
    }

    // Not the record's own, which would show the whole id.
    public override string ToString() => MaskedId;

    private static void CheckText(string value, string what)
    {
        if (string.IsNullOrEmpty(value) || !HeaderRules.CanCarry(value) || IsQuoted(value))
            throw new ArgumentException($"The {what} is empty, stands in quotes, or holds a blank, a line break or another character that it cannot have.");
    }
}

/// <summary>Signs every request with an access key, permanent or temporary. Sends no token.</summary>
internal sealed class AccessKeyCredential(AccessKey key, TimeProvider time) : CseCredential
{
    public override string IdentityKind => "AccessKey";

    public override string? MaskedKeyId => key.MaskedId;

    public override DateTimeOffset? ExpiresAt => key.ExpiresAt;

    internal override bool Signs => true;

    internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        RequestSigner.Sign(request, key, time.GetUtcNow());
        return Task.FromResult(0L);
    }

    internal override string? Explain(HttpAnswer answer) => RequestSigner.Explain(answer, time.GetUtcNow());

    internal override string Redact(string text) => RequestSigner.RemoveSignatures(key.RemoveFrom(text));

    private protected override void Dispose(bool disposing) => key.Clear();
}
