using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CseJobs.Client.Http;

/// <summary>
/// Sends requests on .NET Framework. Its own <see cref="HttpClientHandler"/> refuses a Content-Type on a GET, which the API
/// demands, and does not stop reading a body that stalls; <see cref="HttpWebRequest"/> can do both.
/// </summary>
internal sealed class FrameworkHandler : HttpMessageHandler
{
    private readonly FrameworkRequests _requests;

    public FrameworkHandler(CseTransportOptions options, int maxConnections, TimeSpan connectionLifetime) =>
        _requests = new FrameworkRequests(options, maxConnections, connectionLifetime);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? Array.Empty<byte>() : await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false);

        // On a thread of the pool: names are resolved and proxies looked for before the first await.
        return await Task.Run(() => ExchangeAsync(request, body, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _requests.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpRequestMessage message, byte[] body, CancellationToken cancellationToken)
    {
        HttpWebRequest request = _requests.Create(message);
        using CancellationTokenRegistration abort = cancellationToken.Register(request.Abort);
        try
        {
            if (body.Length > 0)
            {
                request.ContentLength = body.Length;
                using Stream upload = await request.GetRequestStreamAsync().ConfigureAwait(false);
                await upload.WriteAsync(body, 0, body.Length, cancellationToken).ConfigureAwait(false);
            }

            return Translate(await AnswerAsync(request).ConfigureAwait(false), request, message);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (WebException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }

    /// <summary>An answer is an answer, whatever its status.</summary>
    private static async Task<HttpWebResponse> AnswerAsync(HttpWebRequest request)
    {
        try
        {
            return (HttpWebResponse)await request.GetResponseAsync().ConfigureAwait(false);
        }
        catch (WebException e) when (e.Status == WebExceptionStatus.ProtocolError && e.Response is HttpWebResponse refusal)
        {
            return refusal;
        }
    }

    private static HttpResponseMessage Translate(HttpWebResponse answer, HttpWebRequest request, HttpRequestMessage message)
    {
        var body = new FrameworkBody(answer, request);
        var response = new HttpResponseMessage(answer.StatusCode) { RequestMessage = message, Content = new StreamContent(body) };
        foreach (string name in answer.Headers.AllKeys)
        {
            if (!response.Headers.TryAddWithoutValidation(name, answer.Headers[name]))
            {
                response.Content.Headers.TryAddWithoutValidation(name, answer.Headers[name]);
            }
        }

        response.Content.Headers.ContentLength = body.Announced;
        return response;
    }
}
