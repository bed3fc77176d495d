using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client.Json;

namespace CseJobs.Client.Http;

/// <summary>
/// Sends one request and reads its answer, whatever its status. No answer leaves as a <see cref="CseApiException"/>, a
/// cancellation by the caller as itself.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly long _maxBytes;

    public HttpExchange(CseTransportOptions options)
    {
        _http = HttpTransport.Create(options);
        _timeout = options.Timeout;
        _maxBytes = options.MaxResponseBytes;
    }

    /// <param name="request">The request, complete.</param>
    /// <param name="redact">Takes secrets out of texts that leave the module.</param>
    /// <param name="trace">Is told of the request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<HttpAnswer> SendAsync(
        HttpRequestMessage request, Func<string, string> redact, Action<RequestTrace>? trace, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        var clock = Stopwatch.StartNew();
        int? status = null;
        string? requestId = null;
        long bytes = 0;

        RequestTrace Finish(string? failure)
        {
            var finished = new RequestTrace(request.Method.Method, uri.PathAndQuery, status, clock.Elapsed, bytes, requestId, failure);
            trace?.Invoke(finished);
            return finished;
        }

        CseApiException Fail(CseErrorReason reason, string message)
        {
            Finish(reason.ToString());
            return new CseApiException(reason, message)
            {
                StatusCode = status,
                RequestId = requestId,
                Method = request.Method.Method,
                Path = uri.PathAndQuery,
            };
        }

        using var timeout = new CancellationTokenSource(_timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = RequestIdOf(response.Headers) is { } id ? redact(id) : null;
            ArraySegment<byte> body = await BoundedBody.ReadAsync(response.Content, _maxBytes, either.Token).ConfigureAwait(false);
            bytes = body.Count;
            return new HttpAnswer
            {
                Status = status.Value,
                Body = body,
                Date = response.Headers.Date,
                Location = response.Headers.Location,
                SubjectToken = First(response.Headers, "X-Subject-Token"),
                Trace = Finish(null),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Finish("cancelled");
            throw;
        }
        catch (OperationCanceledException)
        {
            throw Fail(CseErrorReason.TimeoutReached, $"{uri.Host} did not answer within {_timeout.TotalSeconds:0.###} seconds.");
        }
        catch (InvalidDataException e)
        {
            throw Fail(CseErrorReason.MalformedResponse, redact(e.Message));
        }
        catch (ObjectDisposedException)
        {
            throw Fail(CseErrorReason.SessionClosed, "The session was closed while the request was under way.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Fail(CseErrorReason.ConnectionFailed, $"No answer from {uri.Host}: {redact(InnermostMessage(e))}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? RequestIdOf(HttpResponseHeaders headers)
    {
        string? id = First(headers, "X-Request-Id") ?? First(headers, "X-IAM-Trace-Id");
        return id is null ? null : SafeText.CleanLine(id.Length > 128 ? id.Substring(0, 128) : id);
    }

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static string InnermostMessage(Exception e)
    {
        while (e.InnerException is not null)
        {
            e = e.InnerException;
        }

        return SafeText.Clean(e.Message);
    }
}
