using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using CseJobs.Client.Auth;

namespace CseJobs.Client.Http;

/// <summary>How the requests of a pipeline reach their one host: straight, or by a proxy.</summary>
internal sealed class Transport : IDisposable
{
    // One request at a time and per runspace is usual; this only keeps a runaway script from opening thousands.
    private const int MaxConnections = 64;

    // Long-lived sessions see a changed DNS entry.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    private readonly Uri _host;
    private readonly IWebProxy? _proxy;
    private readonly ProxySecret _secret;
    private volatile bool _isDisposed;

    /// <param name="host">The host.</param>
    /// <param name="options">How to reach it.</param>
    /// <param name="handler">Sends in place of a handler of its own.</param>
    /// <param name="watch">Is shown the handler before it is used.</param>
    public Transport(Uri host, CseTransportOptions options, HttpMessageHandler? handler, Action<SocketsHttpHandler>? watch = null)
    {
        options.Validate();
        _host = host;
        _secret = new ProxySecret(options.ProxyCredential);

        // Credentials may go to this machine unencrypted because they do not leave it: no proxy comes between, whoever names one.
        _proxy = options.BypassProxy || EndpointRules.IsUnencryptedLoopback(host) ? null
            : options.Proxy is null ? HttpClient.DefaultProxy
            : new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };

        // Timeouts are kept by RequestPipeline, which can tell them from a cancellation.
        Http = new HttpClient(handler ?? MakeHandler(options, _proxy, watch), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Http { get; }

    public bool IsDisposed => _isDisposed;

    /// <summary>Host and port of the proxy, never its user part; null when the way is straight.</summary>
    public string? ProxyName => ProxyAddress?.Authority;

    /// <summary>The proxy, which may have a user part; null when the way is straight.</summary>
    public Uri? ProxyAddress => _proxy?.GetProxy(_host) is { } address && address != _host ? address : null;

    /// <summary>Takes the secrets of the proxy out of a text: its password, and a key that stands in its address in place of a user.</summary>
    public string Redact(string text)
    {
        text = _secret.RemoveFrom(text);
        string key = Uri.UnescapeDataString(ProxyAddress?.UserInfo ?? string.Empty).TrimEnd(':');
        return key.Length == 0 || key.Contains(':') ? text
            : new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))).RemoveFrom(new Secret(key).RemoveFrom(text));
    }

    public void Dispose()
    {
        _isDisposed = true;
        Http.Dispose();
        _secret.Clear();
    }

    private static SocketsHttpHandler MakeHandler(CseTransportOptions options, IWebProxy? proxy, Action<SocketsHttpHandler>? watch)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would take the credentials to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = MaxConnections,
            ConnectTimeout = options.Timeout < options.ConnectTimeout ? options.Timeout : options.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseProxy = proxy is not null,
            Proxy = proxy,
        };
        if (options.SkipCertificateCheck)
            handler.SslOptions.RemoteCertificateValidationCallback = AnyCertificate;

        watch?.Invoke(handler);
        return handler;
    }

    [SuppressMessage("Security", "CA5359", Justification = "Exactly what SkipCertificateCheck asks for; off by default.")]
    private static bool AnyCertificate(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
}
