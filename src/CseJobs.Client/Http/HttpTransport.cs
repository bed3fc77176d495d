using System.Net;
using System.Net.Http;

namespace CseJobs.Client.Http;

/// <summary>Makes the <see cref="HttpClient"/> of a session.</summary>
internal static class HttpTransport
{
    public static HttpClient Create(CseTransportOptions options)
    {
        var handler = new HttpClientHandler
        {
            // A redirect would take the credentials to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 64,
        };
        if (options.BypassProxy)
        {
            handler.UseProxy = false;
        }
        else if (options.Proxy is not null)
        {
            handler.Proxy = new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };
            handler.UseProxy = true;
        }

        if (options.SkipCertificateCheck)
        {
            handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
        }

        // Timeouts are kept by the sender, which can tell them from a cancellation.
        return new HttpClient(handler, disposeHandler: true) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }
}
