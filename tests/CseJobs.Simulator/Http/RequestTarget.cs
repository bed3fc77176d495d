namespace CseJobs.Simulator.Http;

/// <summary>
/// The target of a request exactly as it stood in the request line. Kestrel's own Path is decoded and tidied, which would
/// hide what a client really sent.
/// </summary>
internal sealed class RequestTarget
{
    private RequestTarget(string path, string query)
    {
        Path = path;
        Query = query;
        Segments = [.. path.Split('/').Skip(1).Select(Uri.UnescapeDataString)];
    }

    public string Path { get; }

    /// <summary>Without the question mark.</summary>
    public string Query { get; }

    /// <summary>The decoded segments; an encoded slash stays inside its segment.</summary>
    public IReadOnlyList<string> Segments { get; }

    public static RequestTarget Parse(string raw)
    {
        // The absolute form is what a client sends to a proxy.
        int scheme = raw.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && raw[0] != '/')
        {
            int slash = raw.IndexOf('/', scheme + 3);
            raw = slash < 0 ? "/" : raw[slash..];
        }

        int mark = raw.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new RequestTarget(raw, "") : new RequestTarget(raw[..mark], raw[(mark + 1)..]);
    }

    /// <summary>The decoded parameters in their order; null where a pair lacks its equals sign.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters()
    {
        foreach (string pair in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (Decode(pair), null) : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
