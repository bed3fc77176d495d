using System;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Reflection;

namespace CseJobs.Client.Http;

/// <summary>Makes the <see cref="HttpClient"/> of a session.</summary>
internal static class HttpTransport
{
    // One request at a time and per runspace is usual; this only keeps a runaway script from opening thousands.
    private const int MaxConnections = 64;

    // A host that drops packets: without it the socket would live on for minutes after Ctrl+C.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // Long-lived sessions see a changed DNS entry.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    [SuppressMessage("Security", "CA5359", Justification = "Exactly what SkipCertificateCheck asks for; off by default.")]
    public static readonly RemoteCertificateValidationCallback AnyCertificate = (_, _, _, _) => true;

    public static HttpClient Create(CseTransportOptions options)
    {
        // Timeouts are kept by HttpExchange, which can tell them from a cancellation.
        return new HttpClient(HandlerFor(options), disposeHandler: true)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    public static WebProxy? ProxyOf(CseTransportOptions options) =>
        options.Proxy is null ? null : new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };

    private static HttpMessageHandler HandlerFor(CseTransportOptions options) => FrameworkRuntime.IsCurrent
        ? new FrameworkHandler(options, MaxConnections, ConnectionLifetime)
        : SocketsHandler(options);

    /// <summary>By reflection: netstandard2.0 does not know this handler, and HttpClientHandler hides these settings.</summary>
    private static HttpMessageHandler SocketsHandler(CseTransportOptions options)
    {
        Type type = Type.GetType("System.Net.Http.SocketsHttpHandler, System.Net.Http", throwOnError: true);
        object handler = Activator.CreateInstance(type)!;
        void Set(string property, object? value) => type.GetProperty(property)!.SetValue(handler, value);

        // A redirect would take the credentials to another host.
        Set("AllowAutoRedirect", false);
        Set("UseCookies", false);
        Set("AutomaticDecompression", DecompressionMethods.GZip | DecompressionMethods.Deflate);
        Set("MaxConnectionsPerServer", MaxConnections);
        Set("ConnectTimeout", options.Timeout < ConnectTimeout ? options.Timeout : ConnectTimeout);
        Set("PooledConnectionLifetime", ConnectionLifetime);
        Set("UseProxy", !options.BypassProxy);
        if (!options.BypassProxy && ProxyOf(options) is { } proxy)
        {
            Set("Proxy", proxy);
        }

        if (options.SkipCertificateCheck)
        {
            object ssl = type.GetProperty("SslOptions")!.GetValue(handler)!;
            ssl.GetType().GetProperty("RemoteCertificateValidationCallback", BindingFlags.Public | BindingFlags.Instance)!
                .SetValue(ssl, AnyCertificate);
        }

        return (HttpMessageHandler)handler;
    }
}
