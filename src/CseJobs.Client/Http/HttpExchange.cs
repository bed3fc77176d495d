using System.Net.Http.Headers;
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

    /// <exception cref="ArgumentException">An option cannot be right.</exception>
    public HttpExchange(CseTransportOptions options)
    {
        options.Validate();
        _http = HttpTransport.Create(options);
        _proxySecret = new ProxySecret(options.ProxyCredential);
        _timeout = options.Timeout;
        _maxBytes = options.MaxResponseBytes;
        _now = options.Now;
    }

    /// <param name="request">The request, complete.</param>
    /// <param name="secrets">Takes secrets out of texts that leave the module.</param>
    /// <param name="remaining">Time that the call as a whole has left.</param>
    /// <param name="observer">Is told of the request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<HttpAnswer> SendAsync(
        HttpRequestMessage request, Func<string, string> secrets, TimeSpan remaining, ICallObserver? observer, CancellationToken cancellationToken)
    {
        TimeSpan limit = remaining < _timeout ? remaining : _timeout;
        limit = limit > TimeSpan.Zero ? limit : TimeSpan.FromMilliseconds(1);
        using var timeout = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var attempt = new HttpAttempt(request, limit, text => Redact(text, secrets));
        HttpAnswer answer;
        try
        {
            answer = await ReceiveAsync(request, attempt, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            observer?.RequestEnded(attempt.Trace("cancelled"));
            throw;
        }
        catch (Exception e)
        {
            CseApiException failure = attempt.Failure(e, timeout.IsCancellationRequested);
            observer?.RequestEnded(attempt.Trace(failure.Reason.ToString()));
            throw failure;
        }

        observer?.RequestEnded(answer.Trace);
        return answer;
    }

    /// <summary>Takes a credential's secrets out of a text, and the proxy's.</summary>
    public string Redact(string text, Func<string, string> secrets) => _proxySecret.RemoveFrom(secrets(text));

    public void Dispose()
    {
        _http.Dispose();
        _proxySecret.Clear();
    }

    private async Task<HttpAnswer> ReceiveAsync(HttpRequestMessage request, HttpAttempt attempt, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        attempt.Status = status;
        attempt.RequestId = RequestIdOf(response.Headers, attempt.Redact);
        ArraySegment<byte> body = status < 300
            ? await BoundedBody.ReadAsync(response.Content, _maxBytes, cancellationToken).ConfigureAwait(false)
            : await BoundedBody.ReadStartAsync(response.Content, MaxErrorBytes, cancellationToken).ConfigureAwait(false);
        attempt.Bytes = body.Count;
        return new HttpAnswer(body, response.Content.Headers.ContentType?.CharSet)
        {
            Status = status,
            Date = response.Headers.Date,
            Location = response.Headers.Location,
            RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
            SubjectToken = First(response.Headers, "X-Subject-Token"),
            Trace = attempt.Trace(null),
        };
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
