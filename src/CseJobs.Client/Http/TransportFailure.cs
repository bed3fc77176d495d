using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CseJobs.Client.Http;

/// <summary>Tells why no answer came, and whether trying again can help.</summary>
internal static class TransportFailure
{
    public static (string Message, bool IsTransient) Describe(Exception error, Uri uri)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure })
            {
                return ($"The certificate of {uri.Host} is not trusted, or TLS with it failed: {Text.SafeText.Clean(e.Message)}", false);
            }

            if (e is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
                or WebException { Status: WebExceptionStatus.NameResolutionFailure })
            {
                return ($"There is no host named {uri.Host}: check -Region and -Endpoint.", false);
            }
        }

        return ($"No answer from {uri.Host}: {Text.SafeText.Clean(Innermost(error).Message)}", true);
    }

    /// <summary>Whether nothing was sent for certain: the connection was refused.</summary>
    public static bool IsUnsent(Exception error) =>
        Innermost(error) is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
