using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client.Auth;
using CseJobs.Client.Text;

namespace CseJobs.Client.Http;

/// <summary>
/// Sends one request and reads its answer, whatever its status. No answer leaves as a <see cref="CseApiException"/>, a
/// cancellation by the caller as itself.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    // An error page says what it has to say in less.
    private const int MaxErrorBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly long _maxBytes;
    private readonly ProxySecret _proxySecret;
    private readonly Func<DateTimeOffset> _now;

    public HttpExchange(CseTransportOptions options)
    {
        _http = HttpTransport.Create(options);
        _proxySecret = new ProxySecret(options.ProxyCredential);
        _timeout = options.Timeout;
        _maxBytes = options.MaxResponseBytes;
        _now = options.Now;
    }

    /// <param name="request">The request, complete.</param>
    /// <param name="redact">Takes secrets out of texts that leave the module.</param>
    /// <param name="observer">Is told of the request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<HttpAnswer> SendAsync(
        HttpRequestMessage request, Func<string, string> redact, ICallObserver? observer, CancellationToken cancellationToken) =>
        await SendAsync(request, redact, TimeSpan.MaxValue, observer, cancellationToken).ConfigureAwait(false);

    /// <param name="request">The request, complete.</param>
    /// <param name="secrets">Takes secrets out of texts that leave the module.</param>
    /// <param name="remaining">Time that the call as a whole has left.</param>
    /// <param name="observer">Is told of the request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<HttpAnswer> SendAsync(
        HttpRequestMessage request, Func<string, string> secrets, TimeSpan remaining, ICallObserver? observer, CancellationToken cancellationToken)
    {
        string redact(string text) => Redact(text, secrets);
        Uri uri = request.RequestUri!;
        var clock = Stopwatch.StartNew();
        int? status = null;
        string? requestId = null;
        long bytes = 0;

        RequestTrace Finish(string? failure)
        {
            var finished = new RequestTrace(request.Method.Method, uri.PathAndQuery, status, clock.Elapsed, bytes, requestId, failure);
            observer?.RequestEnded(finished);
            return finished;
        }

        CseApiException Fail(CseErrorReason reason, string message, bool isTransient = true, bool isUnsent = false)
        {
            Finish(reason.ToString());
            return new CseApiException(reason, message)
            {
                StatusCode = status,
                RequestId = requestId,
                Method = request.Method.Method,
                Path = uri.PathAndQuery,
                IsTransient = isTransient,
                IsUnsent = isUnsent,
            };
        }

        TimeSpan limit = remaining < _timeout ? remaining : _timeout;
        limit = limit > TimeSpan.Zero ? limit : TimeSpan.FromMilliseconds(1);
        using var timeout = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = RequestIdOf(response.Headers, redact);
            ArraySegment<byte> body = status < 300
                ? await BoundedBody.ReadAsync(response.Content, _maxBytes, either.Token).ConfigureAwait(false)
                : await BoundedBody.ReadStartAsync(response.Content, MaxErrorBytes, either.Token).ConfigureAwait(false);
            bytes = body.Count;
            return new HttpAnswer(body, response.Content.Headers.ContentType?.CharSet)
            {
                Status = status.Value,
                Date = response.Headers.Date,
                Location = response.Headers.Location,
                RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
                SubjectToken = First(response.Headers, "X-Subject-Token"),
                Trace = Finish(null),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Finish("cancelled");
            throw;
        }
        catch (OperationCanceledException) when (!timeout.IsCancellationRequested)
        {
            // Nobody cancelled: the client was disposed.
            throw Fail(CseErrorReason.SessionClosed, "The session was closed while the request was under way.", isTransient: false);
        }
        catch (OperationCanceledException)
        {
            throw Fail(CseErrorReason.TimeoutReached, $"{uri.Host} did not answer within {limit.TotalSeconds:0.###} seconds.");
        }
        catch (BodyTooLargeException e)
        {
            throw Fail(CseErrorReason.MalformedResponse, e.Message, isTransient: false);
        }
        catch (InvalidDataException e)
        {
            throw Fail(CseErrorReason.MalformedResponse, $"The answer of {uri.Host} could not be unpacked: {redact(SafeText.Clean(e.Message))}");
        }
        catch (ObjectDisposedException)
        {
            throw Fail(CseErrorReason.SessionClosed, "The session was closed while the request was under way.", isTransient: false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            (string message, bool isTransient) = TransportFailure.Describe(e, uri);
            throw Fail(CseErrorReason.ConnectionFailed, redact(message), isTransient, TransportFailure.IsUnsent(e));
        }
    }

    /// <summary>Takes a credential's secrets out of a text, and the proxy's.</summary>
    public string Redact(string text, Func<string, string> secrets) => _proxySecret.RemoveFrom(secrets(text));

    public void Dispose()
    {
        _http.Dispose();
        _proxySecret.Clear();
    }

    /// <summary>Cut to a length that ids have, after secrets are out of it.</summary>
    private static string? RequestIdOf(HttpResponseHeaders headers, Func<string, string> redact) =>
        (First(headers, "X-Request-Id") ?? First(headers, "X-IAM-Trace-Id")) is { } id ? SafeText.Quote(redact(id)) : null;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date - _now());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
