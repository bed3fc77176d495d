using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;

namespace CseJobs.Client.Http;

/// <summary>Makes the <see cref="HttpClient"/> of a pipeline.</summary>
internal static class Transport
{
    // One request at a time and per runspace is usual; this only keeps a runaway script from opening thousands.
    private const int MaxConnections = 64;

    // A host that drops packets: without it the socket would live on for minutes after Ctrl+C.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // Long-lived sessions see a changed DNS entry.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    public static HttpClient Create(CseTransportOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would take the credentials to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = MaxConnections,
            ConnectTimeout = options.Timeout < ConnectTimeout ? options.Timeout : ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseProxy = !options.BypassProxy,
        };
        if (!options.BypassProxy && options.Proxy is not null)
            handler.Proxy = new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };

        if (options.SkipCertificateCheck)
            handler.SslOptions.RemoteCertificateValidationCallback = AnyCertificate;

        // Timeouts are kept by RequestPipeline, which can tell them from a cancellation.
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    [SuppressMessage("Security", "CA5359", Justification = "Exactly what SkipCertificateCheck asks for; off by default.")]
    private static bool AnyCertificate(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
}
