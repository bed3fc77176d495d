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
    private static readonly RemoteCertificateValidationCallback AnyCertificate = (_, _, _, _) => true;

    public static HttpClient Create(CseTransportOptions options)
    {
        // Timeouts are kept by the sender, which can tell them from a cancellation.
        return new HttpClient(SocketsHandler(options) ?? ClassicHandler(options), disposeHandler: true)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The handler of .NET 5 and later. By reflection: netstandard2.0 does not know it, and HttpClientHandler hides these settings.</summary>
    /// <returns>Null on .NET Framework.</returns>
    private static HttpMessageHandler? SocketsHandler(CseTransportOptions options)
    {
        if (Type.GetType("System.Net.Http.SocketsHttpHandler, System.Net.Http") is not { } type)
        {
            return null;
        }

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
        if (!options.BypassProxy && options.Proxy is not null)
        {
            Set("Proxy", ProxyOf(options));
        }

        if (options.SkipCertificateCheck)
        {
            object ssl = type.GetProperty("SslOptions")!.GetValue(handler)!;
            ssl.GetType().GetProperty("RemoteCertificateValidationCallback", BindingFlags.Public | BindingFlags.Instance)!
                .SetValue(ssl, AnyCertificate);
        }

        return (HttpMessageHandler)handler;
    }

    private static HttpClientHandler ClassicHandler(CseTransportOptions options)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = MaxConnections,
            UseProxy = !options.BypassProxy,
        };
        if (!options.BypassProxy && options.Proxy is not null)
        {
            handler.Proxy = ProxyOf(options);
        }

        if (options.SkipCertificateCheck)
        {
            handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
        }

        return handler;
    }

    private static WebProxy ProxyOf(CseTransportOptions options) => new(options.Proxy) { Credentials = options.ProxyCredential };
}
