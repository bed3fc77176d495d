using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace CseJobs.Client.Http;

/// <summary>Tells why no answer came, and whether trying again can help.</summary>
/// <param name="target">What was asked for.</param>
/// <param name="proxy">Host and port of the proxy; null when the way is straight.</param>
/// <param name="redact">Takes secrets out of a text.</param>
/// <param name="service">Says it in the words of the service.</param>
internal sealed class TransportFailure(Uri target, string? proxy, Func<string, string> redact, ServiceProfile service)
{
    /// <summary>Where a connection was to be made: to the proxy, if there is one.</summary>
    private string Peer => proxy is null ? target.Authority : "the proxy " + proxy;

    /// <param name="error">The failure.</param>
    /// <param name="timedOut">How long an answer was waited for, if the time was up.</param>
    /// <param name="isClosed">Whether the client was disposed.</param>
    /// <param name="isConnectTimeUp">Whether it took as long as a connection may take to come about.</param>
    public CseApiException Of(Exception error, TimeSpan? timedOut, bool isClosed, bool isConnectTimeUp = false)
    {
        var request = error as HttpRequestException;

        // Of a proxy's tunnel that is cut off in time the run-time tells this or that, as it happens to stand.
        bool isConnectTimeout = error is OperationCanceledException { InnerException: TimeoutException }
            || (request?.HttpRequestError == HttpRequestError.ProxyTunnelError && (IsAborted(error.GetBaseException()) || (isConnectTimeUp && !StatusOf(error).Success)));
        (CseErrorReason reason, string message, bool isTransient) = error switch
        {
            OperationCanceledException when timedOut is { } limit => (
                CseErrorReason.TimeoutReached, string.Create(CultureInfo.InvariantCulture, $"{target.Host} did not answer within {limit.TotalSeconds:0.###} seconds."), true),
            OperationCanceledException or ObjectDisposedException when isClosed => (CseErrorReason.SessionClosed, "The session was closed while the request was under way.", false),
            _ when isConnectTimeout => (CseErrorReason.TimeoutReached, $"No connection to {Peer} came about in time.", true),
            AnswerTooLargeException => (CseErrorReason.MalformedResponse, error.Message, false),
            InvalidDataException => (CseErrorReason.MalformedResponse, $"The answer of {target.Host} could not be unpacked: {Sentence(error)}", true),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => ByProxy(error),
            HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException => Unreachable(error),
            _ => (CseErrorReason.UnexpectedError, $"The request failed in an unexpected way ({error.GetType().Name}): {Sentence(error)}", false),
        };
        return new CseApiException(reason, redact(reason is CseErrorReason.ConnectionFailed or CseErrorReason.TimeoutReached ? service.DescribeUnreachable(message) : message))
        {
            IsTransient = isTransient,
            IsUnsent = isConnectTimeout || request?.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
    }

    /// <summary>Says that a proxy let nothing pass. Not in the run-time's words: they repeat its whole address.</summary>
    public static string DescribeRefusal(string? proxy, int status)
    {
        string why = status switch
        {
            407 => "wants a user name and password, or does not accept those it got",
            403 => "does not allow this host",
            _ => "made no connection to the host",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(proxy is null ? "A proxy on the way" : "The proxy " + proxy)} {why} (HTTP {status}).");
    }

    /// <summary>A proxy that refuses does so again, and each password that it refuses brings an account nearer to being locked.</summary>
    private (CseErrorReason Reason, string Message, bool IsTransient) ByProxy(Exception error)
    {
        if (StatusOf(error) is { Success: true } match)
        {
            int status = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            return (CseErrorReason.ConnectionFailed, DescribeRefusal(proxy, status), status is 408 or 429 or 500 or 502 or 503 or 504);
        }

        // SOCKS has no status: of its refusals only that of a host which cannot be reached may pass.
        bool isRefusal = error.InnerException is { } inner && inner.GetType() != typeof(IOException) && !inner.Message.Contains("destination", StringComparison.Ordinal);
        return (CseErrorReason.ConnectionFailed, $"The proxy {proxy} made no connection to {target.Authority}: {Sentence(error.GetBaseException())}", !isRefusal);
    }

    private (CseErrorReason Reason, string Message, bool IsTransient) Unreachable(Exception error)
    {
        string words = Sentence(error.GetBaseException());
        (string message, bool isTransient) = Socket(error) switch
        {
            _ when Causes(error).Any(cause => cause is AuthenticationException) => ($"The certificate of {target.Host} is not trusted, or TLS with it failed: {words}", false),
            SocketError.HostNotFound or SocketError.NoData when proxy is not null => ($"There is no host named {proxy}: check the address of the proxy.", false),
            SocketError.HostNotFound or SocketError.NoData => ($"There is no host named {target.Host}: check the region and the endpoint.", false),
            SocketError.ConnectionRefused when proxy is not null => ($"There is no proxy at {proxy}: {words}", false),
            _ => ($"No answer from {target.Authority}{(proxy is null ? null : " by the proxy " + proxy)}: {words}", true),
        };
        return (CseErrorReason.ConnectionFailed, message, isTransient);
    }

    /// <summary>When the time is up while SOCKS is spoken, the run-time takes the connection away, and says no more than that.</summary>
    private static Match StatusOf(Exception error) => Regex.Match(error.Message, "'([1-5][0-9]{2})'");

    private static bool IsAborted(Exception error) => error is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted };

    private static SocketError? Socket(Exception error) => (error.GetBaseException() as SocketException)?.SocketErrorCode;

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            yield return error;
    }

    /// <summary>What the run-time says of an error, as one sentence that refers to nothing.</summary>
    private static string Sentence(Exception error) => SafeText.Clean(error.Message).Replace(", see inner exception", string.Empty).Trim().TrimEnd('.') + ".";
}
