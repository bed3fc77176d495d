using System.Net;
using CseJobs.Client.Text;

namespace CseJobs.Client.Http;

/// <summary>Which base addresses credentials may be sent to.</summary>
internal static class EndpointRules
{
    /// <summary>The link-local address at which every ECS finds its metadata service.</summary>
    public static readonly Uri MetadataAddress = new("http://169.254.169.254");

    /// <exception cref="ArgumentException">The endpoint cannot be used; the message says what to do.</exception>
    public static string Check(Uri endpoint, bool allowUnencrypted)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' is not an https address. Example: https://cse.cn-north-4.myhuaweicloud.com");
        }

        if (!SafeText.IsSafeLine(endpoint.OriginalString))
        {
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' holds a control character.");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException("The endpoint holds a user name or password. Pass credentials with their own parameters.");
        }

        if (endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' must end with its path: it is the base address of the API, without query or fragment.");
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !allowUnencrypted && !IsLoopback(endpoint))
        {
            throw new ArgumentException(
                $"The endpoint '{Shown(endpoint)}' is not encrypted: the token would be readable on the network. Use https, or -AllowUnencryptedAuthentication to insist.");
        }

        return endpoint.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>Reads an address as people type it.</summary>
    /// <param name="text">The address, or a bare host.</param>
    /// <param name="scheme">What a bare host gets.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static Uri? FromText(string text, string scheme = "https") => Uri.TryCreate(
        text.Contains("://", StringComparison.Ordinal) ? text : $"{scheme}://{text}", UriKind.Absolute, out Uri? uri) ? uri : null;

    /// <exception cref="ArgumentException">The address cannot be a proxy.</exception>
    public static void CheckProxy(Uri? proxy)
    {
        if (proxy is null)
        {
            return;
        }

        if (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            throw new ArgumentException($"'{Shown(proxy)}' cannot be a proxy: http, https, socks4, socks4a and socks5 addresses can.");
        }

        if (proxy.UserInfo.Length > 0)
        {
            throw new ArgumentException("The proxy's address holds a user name or password. Pass them as -ProxyCredential.");
        }
    }

    /// <summary>The metadata service has no certificate: it is believed at a link-local address or on this machine only.</summary>
    /// <exception cref="ArgumentException">The address is another.</exception>
    public static string CheckMetadata(Uri address)
    {
        bool isLinkLocal = address.IsAbsoluteUri && (address.Host.StartsWith("169.254.", StringComparison.Ordinal)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && ip.IsIPv6LinkLocal));
        return address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttp && (isLinkLocal || IsLoopback(address)) && address.UserInfo.Length == 0
            ? address.GetLeftPart(UriPartial.Authority)
            : throw new ArgumentException($"'{Shown(address)}' cannot be a metadata service: that is at {MetadataAddress.Host}, or on this machine for tests.");
    }

    // Not Uri.IsLoopback: that one also takes the machine's own host name for loopback.
    private static bool IsLoopback(Uri endpoint) =>
        string.Equals(endpoint.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    // Never the user part: that may be a password.
    private static string Shown(Uri endpoint) => SafeText.Quote(endpoint.IsAbsoluteUri
        ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : endpoint.OriginalString.Substring(endpoint.OriginalString.LastIndexOf('@') + 1));
}
