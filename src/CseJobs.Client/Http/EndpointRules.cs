using System;
using System.Net;

namespace CseJobs.Client.Http;

/// <summary>Which base addresses credentials may be sent to.</summary>
internal static class EndpointRules
{
    /// <exception cref="ArgumentException">The endpoint cannot be used; the message says what to do.</exception>
    public static string Check(Uri endpoint, bool allowUnencrypted)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw new ArgumentException($"The endpoint '{Shown(endpoint)}' is not an https address. Example: https://cse.cn-north-4.myhuaweicloud.com");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException("The endpoint holds a user name or password. Pass credentials with their own parameters.");
        }

        if (endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            throw new ArgumentException($"The endpoint '{endpoint.GetLeftPart(UriPartial.Path)}' must end with its path: it is the base address of the API, without query or fragment.");
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !allowUnencrypted && !IsLoopback(endpoint))
        {
            throw new ArgumentException(
                $"The endpoint '{endpoint}' is not encrypted: the token would be readable on the network. Use https, or -AllowUnencryptedAuthentication to insist.");
        }

        return endpoint.AbsoluteUri.TrimEnd('/');
    }

    // Not Uri.IsLoopback: that one also takes the machine's own host name for loopback.
    private static bool IsLoopback(Uri endpoint) =>
        string.Equals(endpoint.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static string Shown(Uri endpoint) => endpoint.IsAbsoluteUri ? endpoint.GetLeftPart(UriPartial.Path) : endpoint.OriginalString;
}
