using System.Security.Cryptography;
using System.Text;

namespace CseJobs.Simulator.Access;

/// <summary>What SDK-HMAC-SHA256 signs, worked out from the request as it arrived.</summary>
internal static class CanonicalRequest
{
    /// <summary>The six parts, one a line.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as it stood in the request line.</param>
    /// <param name="query">The query as it stood there, without the question mark.</param>
    /// <param name="headers">The signed headers: lower-case names, in their order.</param>
    /// <param name="payload">The body's hash, or what stands for it.</param>
    public static string Build(
        string method, string path, string query, IReadOnlyList<(string Name, string Value)> headers, string payload)
    {
        var text = new StringBuilder();
        text.Append(method.ToUpperInvariant()).Append('\n');
        text.Append(Path(path)).Append('\n');
        text.Append(Query(query)).Append('\n');
        foreach ((string name, string value) in headers)
        {
            text.Append(name).Append(':').Append(value.Trim()).Append('\n');
        }

        text.Append('\n').AppendJoin(';', headers.Select(header => header.Name)).Append('\n').Append(payload);
        return text.ToString();
    }

    /// <summary>The signature that belongs to a canonical request.</summary>
    public static string Sign(string canonical, string date, string secretKey) =>
        Hex(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secretKey),
            Encoding.UTF8.GetBytes($"SDK-HMAC-SHA256\n{date}\n{Hash(Encoding.UTF8.GetBytes(canonical))}")));

    public static string Hash(ReadOnlySpan<byte> bytes) => Hex(SHA256.HashData(bytes));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    // Decoded and encoded anew: however a client writes %7E, it is a tilde here. The closing slash is in this form only.
    private static string Path(string path)
    {
        string encoded = string.Join('/', path.Split('/').Select(part => PercentEncoding.Encode(PercentEncoding.Decode(part, form: false))));
        return encoded.EndsWith('/') ? encoded : encoded + "/";
    }

    // Sorted before they are encoded; the other way about, a percent sign would come before letters it stands for.
    private static string Query(string query)
    {
        var pairs = new List<(byte[] Name, byte[] Value)>();
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            (string name, string value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            pairs.Add((PercentEncoding.Decode(name, form: true), PercentEncoding.Decode(value, form: true)));
        }

        pairs.Sort((left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name) is int order and not 0
            ? order
            : left.Value.AsSpan().SequenceCompareTo(right.Value));
        return string.Join('&', pairs.Select(pair => $"{PercentEncoding.Encode(pair.Name)}={PercentEncoding.Encode(pair.Value)}"));
    }
}
