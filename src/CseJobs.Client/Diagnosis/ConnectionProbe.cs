using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CseJobs.Client.Diagnosis;

/// <summary>
/// Looks at the way to the server: whether it is reached, and by a connection of its own what TLS agrees on. One of the session's pool
/// would not show it: it is open already.
/// </summary>
internal sealed class ConnectionProbe(CseTransportOptions options)
{
    private static readonly TimeSpan MinCertificateLife = TimeSpan.FromDays(30);

    // No longer than it takes to see that nobody answers.
    private static readonly TimeSpan MaxConnectTime = TimeSpan.FromSeconds(15);

    private const int SocksPort = 1080;

    private bool _isOpen;
    private SslProtocols? _protocol;
    private SslPolicyErrors _errors;
    private X509Certificate2? _certificate;

    /// <summary>Notes what TLS agrees on. Whether a certificate is taken does not change.</summary>
    public void Watch(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = handler.ConnectTimeout < MaxConnectTime ? handler.ConnectTimeout : MaxConnectTime;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            _certificate = certificate is null ? null : new X509Certificate2(certificate);
            _errors = errors;
            return errors == SslPolicyErrors.None || options.SkipCertificateCheck;
        };
        handler.PlaintextStreamFilter = (context, _) =>
        {
            // That to a proxy is only the way to the one that counts.
            if (context.InitialRequestMessage.Method != HttpMethod.Connect)
            {
                _isOpen = true;
                _protocol = (context.PlaintextStream as SslStream)?.SslProtocol;
            }

            return ValueTask.FromResult(context.PlaintextStream);
        };
    }

    /// <summary>Connects to the host, or to the proxy before it, and leaves again.</summary>
    /// <param name="pipeline">Knows the way, and the words for one that leads nowhere.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SessionCheck> ConnectAsync(RequestPipeline pipeline, CancellationToken cancellationToken)
    {
        const string Check = "Name, TCP";
        Uri peer = pipeline.Proxy ?? pipeline.BaseAddress;
        TimeSpan limit = new[] { options.Timeout, options.ConnectTimeout, MaxConnectTime }.Min();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(limit);
        long start = options.TimeProvider.GetTimestamp();
        Exception failure;
        bool isNameKnown = false;
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(peer.IdnHost, either.Token).ConfigureAwait(false);
            isNameKnown = true;
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(addresses, peer.Port < 0 ? SocksPort : peer.Port, either.Token).ConfigureAwait(false);
            IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            string at = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
            string name = at == peer.IdnHost ? peer.Authority : $"{peer.Authority} -> {at}";
            double ms = options.TimeProvider.GetElapsedTime(start).TotalMilliseconds;
            string by = pipeline.Proxy is null ? name : $"by the proxy {name}";
            return new SessionCheck(Check, CheckResult.Ok, string.Create(CultureInfo.InvariantCulture, $"{by}, {ms:0} ms"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            failure = new OperationCanceledException(null, new TimeoutException());
        }
        catch (SocketException e)
        {
            failure = new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e);
        }

        CheckProblem problem = pipeline.Proxy is not null ? CheckProblem.ProxyUnreachable : isNameKnown ? CheckProblem.HostUnreachable : CheckProblem.HostUnknown;
        return SessionCheck.Failed(Check, problem, pipeline.Explain(failure));
    }

    /// <summary>What TLS came to, by the first request.</summary>
    public SessionCheck JudgeTls(RequestPipeline pipeline, CseApiException? failure)
    {
        bool isEncrypted = pipeline.BaseAddress.Scheme == "https";
        if (failure is not null && (failure.StatusCode == 407 || (isEncrypted && !_isOpen)))
        {
            return _errors != SslPolicyErrors.None && _certificate is not null ? Refused(_certificate, pipeline.BaseAddress.Host, failure)
                : SessionCheck.Failed("TLS", pipeline.Proxy is null ? CheckProblem.TlsFailed : CheckProblem.ProxyRefuses, failure);
        }

        if (isEncrypted)
            return JudgeCertificate(_protocol, _certificate, _errors);

        return EndpointRules.IsUnencryptedLoopback(pipeline.BaseAddress)
            ? new SessionCheck("TLS", CheckResult.Ok, "none: http to this machine")
            : SessionCheck.Warned("TLS", CheckProblem.NotEncrypted, "none: http, which can be read on the way");
    }

    /// <summary>What to say of a connection with this certificate, which was taken.</summary>
    public SessionCheck JudgeCertificate(SslProtocols? protocol, X509Certificate2? certificate, SslPolicyErrors errors)
    {
        string version = protocol switch
        {
            SslProtocols.Tls12 => "TLS 1.2",
            SslProtocols.Tls13 => "TLS 1.3",
            _ => "TLS",
        };
        if (certificate is null)
            return new SessionCheck("TLS", CheckResult.Ok, version);

        string until = Invariant(certificate.NotAfter);
        return options.SkipCertificateCheck
                ? SessionCheck.Warned("TLS", CheckProblem.CertificateUnchecked, $"{version}, certificate not checked{(errors == SslPolicyErrors.None ? $", valid until {until}" : ", and it would be refused")}")
            : certificate.NotAfter - options.TimeProvider.GetLocalNow().LocalDateTime < MinCertificateLife
                ? SessionCheck.Warned("TLS", CheckProblem.CertificateEndsSoon, $"{version}, certificate valid until {until} only")
            : new SessionCheck("TLS", CheckResult.Ok, $"{version}, certificate valid until {until}");
    }

    private SessionCheck Refused(X509Certificate2 certificate, string host, CseApiException failure)
    {
        var reasons = new List<(CheckProblem Problem, string Words)>();
        DateTime now = options.TimeProvider.GetLocalNow().LocalDateTime;
        if (now > certificate.NotAfter)
            reasons.Add((CheckProblem.CertificateExpired, $"ended on {Invariant(certificate.NotAfter)}"));
        else if (now < certificate.NotBefore)
            reasons.Add((CheckProblem.CertificateExpired, $"begins on {Invariant(certificate.NotBefore)} only"));

        if (_errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add((CheckProblem.CertificateOfOtherHost, $"is of {SafeText.Quote(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false))}"));

        if (_errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            reasons.Add((CheckProblem.CertificateUntrusted, $"is signed by '{SafeText.Quote(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true))}', which is not trusted here"));

        return reasons is [var (problem, _), ..]
            ? SessionCheck.Failed("TLS", problem, failure, $"The certificate of {host} {string.Join(", and ", reasons.Select(reason => reason.Words))}.")
            : SessionCheck.Failed("TLS", CheckProblem.TlsFailed, failure);
    }

    private static string Invariant(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
