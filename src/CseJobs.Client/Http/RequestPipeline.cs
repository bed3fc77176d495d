using System.Diagnostics;
using System.Net.Http.Headers;
using CseJobs.Client.Auth;

namespace CseJobs.Client.Http;

/// <summary>
/// The one way to every service: authorizes a request, sends it, reads its answer, classifies what went wrong, renews a
/// credential that the server calls old, and tries again what may pass. Whatever fails in the end leaves as a
/// <see cref="CseApiException"/>, a cancellation by the caller as itself. The credential is its owner's to dispose.
/// </summary>
internal sealed class RequestPipeline(
    string baseAddress, CseTransportOptions options, CseCredential credential, ServiceProfile service, HttpMessageHandler? handler = null,
    Action<SocketsHttpHandler>? watch = null) : IDisposable
{
    // An error page says what it has to say in less.
    private const int MaxErrorBytes = 1024 * 1024;

    private readonly CancellationTokenSource _closing = new();
    private readonly RetryPolicy _retryPolicy = new(options.MaximumRetryCount, options.NextRandom);
    private readonly Transport _transport = new(new Uri(baseAddress), options, handler, watch);

    /// <summary>The service's base address.</summary>
    public Uri BaseAddress { get; } = new(baseAddress);

    /// <summary>The proxy on the way; null when that is straight.</summary>
    public Uri? Proxy => _transport.ProxyAddress;

    /// <summary>Makes a call and reads the body of its answer.</summary>
    public Task<T> SendAsync<T>(ApiCall call, Func<ArraySegment<byte>, T> read, ICallObserver? observer, CancellationToken cancellationToken) =>
        SendForAnswerAsync(call, answer => read(answer.Body), observer, cancellationToken);

    /// <summary>Makes a call and reads its answer, headers included; else as <see cref="SendAsync"/>.</summary>
    public async Task<T> SendForAnswerAsync<T>(ApiCall call, Func<HttpAnswer, T> read, ICallObserver? observer, CancellationToken cancellationToken)
    {
        long start = options.TimeProvider.GetTimestamp();
        bool mayRenew = true;
        int retries = 0;
        try
        {
            // Disposing the HttpClient ends neither the reading of a body nor a pause.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            while (true)
            {
                using var request = new HttpRequestMessage(call.Method, new Uri(baseAddress + call.PathAndQuery));
                service.Prepare(request, call);
                long stamp = await credential.AuthorizeAsync(request, observer, stop.Token).ConfigureAwait(false);
                (HttpAnswer? answer, CseApiException? failure) = await ReceiveAsync(request, call, Remaining(start), observer, stop.Token).ConfigureAwait(false);
                using (answer)
                {
                    if (answer is not null)
                    {
                        ErrorBody? refusal = call.Accepts(answer.Status) ? null : service.ReadError(answer, Redact);
                        if (refusal is not null && mayRenew && credential.IsCalledOld(answer.Status, refusal.Code)
                            && await credential.RenewAsync(stamp, observer, stop.Token).ConfigureAwait(false))
                        {
                            mayRenew = false;
                            continue;
                        }

                        // An answer about an engine that is not there shows that the credential was looked at and taken; a failing gateway's does not.
                        if (answer.Status is >= 200 and < 300 or 400 or 403 or 404)
                            credential.Accepted(stamp);

                        (T? result, failure) = refusal is null ? Read(call, answer, read) : (default, Refused(call, answer, refusal));
                        if (failure is null)
                            return result!;
                    }
                }

                TimeSpan? pause = call.NoRetry ? null : _retryPolicy.PauseBefore(failure!, retries + 1, Remaining(start), call.IsRepeatable);
                if (pause is null)
                    throw failure!.After(request, retries, call.NoRetry ? null : RetryPolicy.WhyNoMore(failure!, call.IsRepeatable));

                retries++;
                mayRenew = true;
                observer?.Waiting(new RetryWait(failure!.Reason, retries, _retryPolicy.MaximumRetries, pause.Value));
                await Task.Delay(pause.Value, options.TimeProvider, stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CseApiException(CseErrorReason.SessionClosed, "The session was closed.") { EngineId = call.EngineId, JobId = call.JobId };
        }
        catch (CseApiException e)
        {
            // Also of one that comes from signing in, which does not know whom the call concerns.
            e.EngineId = call.EngineId;
            e.JobId = call.JobId;
            throw;
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _transport.Dispose();
    }

    private TimeSpan Remaining(long start) => options.OperationTimeout - options.TimeProvider.GetElapsedTime(start);

    /// <summary>Tells why a connection failed that somebody else made on the same way.</summary>
    public CseApiException Explain(Exception error) => new TransportFailure(BaseAddress, _transport.ProxyName, Redact, service).Of(error, null, isClosed: false);

    /// <summary>Takes the secrets of the credential and of the proxy out of a text.</summary>
    public string Redact(string text) => _transport.Redact(credential.Redact(text));

    /// <summary>Sends one request and reads its answer, whatever its status; a failure when there is none.</summary>
    private async Task<(HttpAnswer? Answer, CseApiException? Failure)> ReceiveAsync(
        HttpRequestMessage request, ApiCall call, TimeSpan remaining, ICallObserver? observer, CancellationToken cancellationToken)
    {
        TimeSpan limit = new[] { options.Timeout, call.Timeout ?? options.Timeout, remaining }.Min();
        limit = limit > TimeSpan.Zero ? limit : TimeSpan.FromMilliseconds(1);

        // By real time: it bounds the network, whatever clock the pauses between requests go by.
        using var timeout = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        long start = options.TimeProvider.GetTimestamp();
        long began = Stopwatch.GetTimestamp();
        int? status = null;
        string? requestId = null;
        RequestTrace trace(long bytes, string? failure) => new(
            request.Method.Method, request.RequestUri!.PathAndQuery, status, options.TimeProvider.GetElapsedTime(start), bytes, requestId, failure);
        HttpAnswer answer;
        RequestTrace received;
        try
        {
            using HttpResponseMessage response = await _transport.Http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = RequestIdOf(response.Headers);
            bool isError = status >= 300;
            ArraySegment<byte> body = await BoundedBody
                .ReadAsync(response.Content, isError ? MaxErrorBytes : Math.Min(options.MaxResponseBytes, service.MaxAnswerBytes), cutAtLimit: isError, either.Token).ConfigureAwait(false);
            received = trace(body.Count, null);
            answer = new HttpAnswer(response, body) { RequestId = requestId, RetryAfter = RetryAfterOf(response.Headers) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            observer?.RequestEnded(trace(0, "cancelled"));
            throw;
        }
        catch (Exception e)
        {
            TimeSpan? timedOut = timeout.IsCancellationRequested ? limit : null;
            CseApiException failure = new TransportFailure(request.RequestUri!, _transport.ProxyName, Redact, service).Of(e, timedOut, _transport.IsDisposed, Stopwatch.GetElapsedTime(began) >= options.ConnectTimeout);
            failure.StatusCode = status;
            failure.RequestId = requestId;
            observer?.RequestEnded(trace(0, failure.Reason.ToString()));
            return (null, failure);
        }

        observer?.RequestEnded(received);
        return (answer, null);
    }

    private (T? Result, CseApiException? Failure) Read<T>(ApiCall call, HttpAnswer answer, Func<HttpAnswer, T> read)
    {
        try
        {
            return (read(answer), null);
        }
        catch (JsonException e)
        {
            // Some gateways answer 200 with an error in the body.
            ErrorBody error = service.ReadError(answer, Redact);
            return (default, error.Code is not null
                ? Refused(call, answer, error)
                : Failed(CseErrorReason.MalformedResponse, service.DescribeUnreadable(answer, e, Redact), answer, ErrorBody.None));
        }
        catch (AnswerTooLargeException e)
        {
            return (default, Failed(CseErrorReason.MalformedResponse, e.Message, answer, ErrorBody.None, isTransient: false));
        }
    }

    private CseApiException Refused(ApiCall call, HttpAnswer answer, ErrorBody error)
    {
        CseErrorReason reason = service.Classify(answer.Status, error.Code);
        string? hint = reason == CseErrorReason.AuthenticationFailed ? credential.Explain(answer) : null;

        // As a whole: a server has many ways to repeat what it was sent.
        string message = answer.Status == 407
            ? TransportFailure.DescribeRefusal(_transport.ProxyName, 407)
            : Redact(service.Compose(reason, call, answer, error, hint));
        return Failed(reason, message, answer, error);
    }

    private static CseApiException Failed(CseErrorReason reason, string message, HttpAnswer answer, ErrorBody error, bool? isTransient = null) => new(reason, message)
    {
        StatusCode = answer.Status,
        Code = error.Code,
        ServerMessage = error.Message,
        Detail = error.Detail,
        RequestId = answer.RequestId ?? error.RequestId,
        RetryAfter = answer.RetryAfter,
        ServerTime = answer.Date,
        IsTransient = isTransient ?? ErrorClassifier.IsTransient(answer.Status, reason),
    };

    /// <summary>Cut to a length that ids have, after secrets are out of it.</summary>
    private string? RequestIdOf(HttpResponseHeaders headers) =>
        (HttpAnswer.First(headers, "X-Request-Id") ?? HttpAnswer.First(headers, "X-IAM-Trace-Id")) is { } id ? SafeText.Quote(Redact(id)) : null;

    /// <summary>A date is counted from the server's own clock, if it tells that: this machine's may be wrong.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - (headers.Date ?? options.TimeProvider.GetUtcNow()));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
