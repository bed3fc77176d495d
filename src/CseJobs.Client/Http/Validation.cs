using System.Net;

namespace CseJobs.Client.Http;

/// <summary>Which base addresses credentials may be sent to.</summary>
internal static class EndpointRules
{
    /// <summary>The link-local address at which every ECS finds its metadata service.</summary>
    public static readonly Uri MetadataAddress = new("http://169.254.169.254");

    public static string Check(Uri endpoint, bool allowUnencrypted)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http"))
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' is not an https address. Example: https://cse.cn-north-4.myhuaweicloud.com");

        if (!SafeText.IsSafeLine(endpoint.OriginalString))
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' holds a control character.");

        if (endpoint.UserInfo.Length > 0)
            throw new ArgumentException("The endpoint holds a user name or password. Credentials are not part of an address.");

        if (endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' must end with its path: it is the base address of the API, without query or fragment.");

        if (endpoint.Scheme == "http" && !allowUnencrypted && !IsLoopback(endpoint))
            throw new CseOptionsException(CseOptionsProblem.EndpointNotEncrypted, $"The endpoint '{Shown(endpoint)}' is not encrypted: the token would be readable on the network.");

        return endpoint.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>Reads an address as people type it, a bare host included; null when it cannot be read.</summary>
    public static Uri? FromText(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out Uri? uri) ? uri : null;

    public static void CheckProxy(Uri? proxy)
    {
        if (proxy is not null && (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5")))
            throw new ArgumentException($"'{Shown(proxy)}' cannot be a proxy: http, https, socks4, socks4a and socks5 addresses can.");

        if (proxy?.UserInfo.Length > 0)
            throw new CseOptionsException(CseOptionsProblem.ProxyHoldsCredential, "The proxy's address holds a user name or password.");
    }

    /// <summary>The metadata service has no certificate: it is believed at a link-local address or on this machine only.</summary>
    public static string CheckMetadata(Uri address) =>
        address.IsAbsoluteUri && address.Scheme == "http" && address.UserInfo.Length == 0 && (IsLoopback(address) || IsLinkLocal(address))
            ? address.GetLeftPart(UriPartial.Authority)
            : throw new ArgumentException($"'{Shown(address)}' cannot be a metadata service: that is at {MetadataAddress.Host}, or on this machine for tests.");

    public static bool IsUnencryptedLoopback(Uri address) => address.Scheme == "http" && IsLoopback(address);

    // Not Uri.IsLoopback: that one also takes the machine's own host name for loopback.
    private static bool IsLoopback(Uri uri) => uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (Ip(uri) is { } ip && IPAddress.IsLoopback(ip));

    // By its bytes: 169.254.example.com is the name of some host.
    private static bool IsLinkLocal(Uri uri) => Ip(uri) is { } ip && (ip.IsIPv6LinkLocal || ip.GetAddressBytes() is [169, 254, _, _]);

    private static IPAddress? Ip(Uri uri) => IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) ? ip : null;

    // Never the user part: that may be a password.
    private static string Shown(Uri endpoint) => SafeText.Quote(endpoint.IsAbsoluteUri
        ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : endpoint.OriginalString.Substring(endpoint.OriginalString.LastIndexOf('@') + 1));
}

/// <summary>Which values can stand in a request header.</summary>
internal static class HeaderRules
{
    private const int MaxLength = 256;

    public static void Check(string? value, string what)
    {
        if (value is not null && (string.IsNullOrWhiteSpace(value) || value.Length > MaxLength))
            throw new ArgumentException($"The {what} must have 1 to {MaxLength} characters.");

        if (value is not null && !CanCarry(value))
            throw new ArgumentException($"The {what} '{SafeText.CleanLine(value)}' holds a blank, a line break or a character outside ASCII.");
    }

    /// <summary>Whether a value arrives as it is: visible ASCII, no blanks. An empty one does.</summary>
    public static bool CanCarry(string value) => value.All(c => c is > ' ' and < '\u007f');
}

/// <summary>Puts ids into a URL path: refuses what could leave its segment, percent-encodes the rest.</summary>
internal static class PathSegment
{
    // API path parameter project_id: 1 to 64 characters.
    private const int MaxProjectIdLength = 64;

    // Engine ids are UUIDs. The bound only keeps a pasted file from becoming a URL.
    private const int MaxEngineIdLength = 256;

    public static string ProjectId(string id) => Encode(id, "project id", MaxProjectIdLength);

    public static string EngineId(string id) => Encode(id, "engine id", MaxEngineIdLength);

    private static string Encode(string id, string what, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(id))
            throw new ArgumentException($"The {what} is empty.");

        if (id.Length > maxLength)
            throw new ArgumentException($"The {what} has {id.Length} characters; at most {maxLength} are possible.");

        string? problem = id is "." or ".." ? "is a relative path, not an id"
            : id.Select(Problem).FirstOrDefault(found => found is not null) ?? (SafeText.HasHalfCharacter(id) ? "holds half of a character (a lone surrogate)" : null);
        return problem is null ? Uri.EscapeDataString(id) : throw new ArgumentException($"The {what} '{SafeText.CleanLine(id)}' {problem}.");
    }

    private static string? Problem(char c) => c switch
    {
        '/' or '\\' => $"holds '{c}', which cannot be part of an id",
        '*' or '?' or '[' or ']' => $"holds the wildcard character '{c}'; wildcards cannot be used here, pass the exact id",
        _ when !char.IsSurrogate(c) && !SafeText.IsSafeLine(c.ToString()) => "holds a line break or another control character; it may have been copied with more than the id",
        _ when char.IsWhiteSpace(c) => "holds a blank; ids have none",
        _ => null,
    };
}
