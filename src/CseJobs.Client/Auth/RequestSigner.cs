using System.Security.Cryptography;

namespace CseJobs.Client.Auth;

/// <summary>
/// Signs requests with an access key, algorithm <c>SDK-HMAC-SHA256</c>. The canonical form is built from the text of the URL
/// that is sent, never from parts that <see cref="Uri"/> may have normalised.
/// </summary>
internal static class RequestSigner
{
    private const string Algorithm = "SDK-HMAC-SHA256";
    private const string DateHeader = "X-Sdk-Date";

    /// <summary>Adds X-Sdk-Date, X-Security-Token (for temporary keys) and Authorization. Signed are host, date, every X- header and the body.</summary>
    /// <exception cref="NotSupportedException">The body is of a kind that cannot be looked at.</exception>
    public static void Sign(HttpRequestMessage request, AccessKey key, DateTimeOffset now)
    {
        string date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation(DateHeader, date);
        if (key.SecurityToken is not null)
            request.Headers.TryAddWithoutValidation("X-Security-Token", key.SecurityToken.Reveal());

        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = HostOf(request.RequestUri!) };
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers)
        {
            if (header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
                signed[header.Key.ToLowerInvariant()] = string.Join(",", header.Value);
        }

        string canonical = CanonicalRequest(request.Method.Method, request.RequestUri!.OriginalString, signed, BodyOf(request));
        string signature = Signature(key.SecretKey.Reveal(), date, canonical);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Access={key.Id}, SignedHeaders={string.Join(";", signed.Keys)}, Signature={signature}");
    }

    /// <param name="method">HTTP method.</param>
    /// <param name="url">The absolute URL as sent.</param>
    /// <param name="headers">The signed headers, sorted, with lower-case names.</param>
    /// <param name="body">The body.</param>
    public static string CanonicalRequest(string method, string url, SortedDictionary<string, string> headers, byte[] body)
    {
        int pathStart = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        string target = pathStart < 0 ? "/" : url.Substring(pathStart);
        int queryStart = target.IndexOf('?');
        string path = queryStart < 0 ? target : target.Substring(0, queryStart);
        string query = queryStart < 0 ? string.Empty : target.Substring(queryStart + 1);

        var canonical = new StringBuilder();
        canonical.Append(method.ToUpperInvariant()).Append('\n');
        canonical.Append(CanonicalPath(path)).Append('\n');
        canonical.Append(CanonicalQuery(query)).Append('\n');
        foreach (KeyValuePair<string, string> header in headers)
            canonical.Append(header.Key).Append(':').Append(header.Value.Trim()).Append('\n');

        canonical.Append('\n').Append(string.Join(";", headers.Keys)).Append('\n');
        return canonical.Append(Sha256(body)).ToString();
    }

    public static string Signature(string secretKey, string date, string canonicalRequest)
    {
        string toSign = $"{Algorithm}\n{date}\n{Sha256(Encoding.UTF8.GetBytes(canonicalRequest))}";
        byte[] keyBytes = Encoding.UTF8.GetBytes(secretKey);
        try
        {
            using var hmac = new HMACSHA256(keyBytes);
            return Hex(hmac.ComputeHash(Encoding.UTF8.GetBytes(toSign)));
        }
        finally
        {
            Array.Clear(keyBytes, 0, keyBytes.Length);
        }
    }

    public static string Sha256(byte[] data) => Hex(SHA256.HashData(data));

    /// <summary>Ends in a slash in the canonical form only; the URL that is sent does not change.</summary>
    private static string CanonicalPath(string path)
    {
        string encoded = string.Join("/", path.Split('/').Select(Reencode));
        return encoded.EndsWith('/') ? encoded : encoded + "/";
    }

    private static string CanonicalQuery(string query)
    {
        if (query.Length == 0)
            return string.Empty;

        IEnumerable<KeyValuePair<string, string>> pairs = query.Split('&').Select(pair =>
        {
            int equals = pair.IndexOf('=');
            return equals < 0
                ? new KeyValuePair<string, string>(Reencode(pair), string.Empty)
                : new KeyValuePair<string, string>(Reencode(pair.Substring(0, equals)), Reencode(pair.Substring(equals + 1)));
        });
        return string.Join("&", pairs
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private static string Reencode(string text) => PercentEncoding.Escape(Uri.UnescapeDataString(text));

    private static byte[] BodyOf(HttpRequestMessage request) => request.Content switch
    {
        null => Array.Empty<byte>(),
        RequestBody body => body.Bytes,
        { } other => throw new NotSupportedException($"A body of type {other.GetType().Name} cannot be signed."),
    };

    /// <summary>As HttpClient writes it into the header: an IPv6 address in brackets, which <see cref="Uri.IdnHost"/> leaves out.</summary>
    private static string HostOf(Uri uri)
    {
        string host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

/// <summary>What to check when a signature was refused. Never to be retried: a few failures lock the key for minutes.</summary>
internal static class SignatureErrorHint
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(1);

    public static string For(HttpAnswer answer, DateTimeOffset now)
    {
        const string Check = "Check the access key, its secret and this machine's clock.";
        if (answer.Date is not { } server || (now - server).Duration() <= Noticeable)
            return Check;

        string direction = now > server ? "ahead of" : "behind";
        string skew = (now - server).Duration().TotalMinutes.ToString("N0", CultureInfo.InvariantCulture);
        return $"{Check} The clock is {skew} minutes {direction} the server's; more than 15 minutes are refused.";
    }
}
