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
using CseJobs.Client.Json;

namespace CseJobs.Client.Http;

/// <summary>
/// Sends one request and reads its answer. Whatever goes wrong leaves as a <see cref="CseApiException"/>, except a
/// cancellation by the caller.
/// </summary>
internal sealed class ApiSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly CseClientOptions _options;
    private readonly CseCredential _credential;
    private readonly string _baseAddress;

    public ApiSender(CseClientOptions options, CseCredential credential)
    {
        _baseAddress = EndpointRules.Check(options.Endpoint, options.AllowUnencryptedAuthentication);
        _options = options;
        _credential = credential;
        _http = HttpTransport.Create(options);
    }

    public async Task<ApiResponse> SendAsync(ApiCall call, Action<RequestTrace>? trace, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = CreateRequest(call);
        await _credential.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);

        using var timeout = new CancellationTokenSource(_options.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var attempt = new Attempt(call, request.RequestUri!.PathAndQuery, trace);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            attempt.StatusCode = (int)response.StatusCode;
            attempt.RequestId = RequestIdOf(response.Headers);
            ArraySegment<byte> body = await BoundedBody.ReadAsync(response.Content, _options.MaxResponseBytes, either.Token).ConfigureAwait(false);
            attempt.Bytes = body.Count;

            return attempt.StatusCode == 200
                ? new ApiResponse(body, attempt.Finish(null))
                : throw Refused(attempt, response, body);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            attempt.Finish("cancelled");
            throw;
        }
        catch (OperationCanceledException)
        {
            throw attempt.Fail(
                CseErrorReason.TimeoutReached,
                $"{_options.Endpoint.Host} did not answer within {_options.Timeout.TotalSeconds:0.###} seconds.");
        }
        catch (InvalidDataException e)
        {
            throw attempt.Fail(CseErrorReason.MalformedResponse, Redact(e.Message));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            throw attempt.Fail(CseErrorReason.ConnectionFailed, $"No answer from {_options.Endpoint.Host}: {Redact(InnermostMessage(e))}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An answer that came, but does not say what it should.</summary>
    public CseApiException Malformed(ApiCall call, ApiResponse response, Exception cause)
    {
        string words = ErrorBody.FirstWords(response.Body) is { } first ? $" It begins: {Redact(first)}" : " It is empty.";
        return new CseApiException(
            CseErrorReason.MalformedResponse,
            $"The answer of {_options.Endpoint.Host} could not be read: {Redact(SafeText.Clean(cause.Message))}{words}")
        {
            StatusCode = response.Trace.StatusCode,
            RequestId = response.Trace.RequestId,
            Method = response.Trace.Method,
            Path = response.Trace.PathAndQuery,
            EngineId = call.EngineId,
            JobId = call.JobId,
        };
    }

    private static string? RequestIdOf(HttpResponseHeaders headers) =>
        First(headers, "X-Request-Id") ?? First(headers, "X-IAM-Trace-Id");

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value
            ? SafeText.CleanLine(value.Length > 128 ? value.Substring(0, 128) : value)
            : null;

    private static string InnermostMessage(Exception e)
    {
        while (e.InnerException is not null)
        {
            e = e.InnerException;
        }

        return SafeText.Clean(e.Message);
    }

    /// <summary>The header set of the API's documents, on both calls. A GET has no body, yet the list call demands a Content-Type.</summary>
    private HttpRequestMessage CreateRequest(ApiCall call)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_baseAddress + call.PathAndQuery))
        {
            Content = new ByteArrayContent(Array.Empty<byte>()),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=UTF-8");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (_options.EnterpriseProjectId is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Enterprise-Project-ID", _options.EnterpriseProjectId);
        }

        return request;
    }

    private string Redact(string text) => _credential.Redact(text);

    private string? RedactOrNull(string? text) => text is null ? null : Redact(text);

    private CseApiException Refused(Attempt attempt, HttpResponseMessage response, ArraySegment<byte> body)
    {
        ErrorBody error = ErrorBody.Read(body);
        int status = attempt.StatusCode!.Value;
        CseErrorReason reason = ErrorClassifier.Classify(status, error.Code);
        string? code = RedactOrNull(error.Code);
        string? serverMessage = RedactOrNull(error.Message);
        string? requestId = attempt.RequestId ?? RedactOrNull(error.RequestId);
        attempt.RequestId = requestId;
        RequestTrace trace = attempt.Finish(null);
        return new CseApiException(reason, ErrorMessage.Compose(reason, attempt.Call, _options, status, code, serverMessage, response.Headers.Location))
        {
            StatusCode = status,
            Code = code,
            ServerMessage = serverMessage,
            Detail = RedactOrNull(error.Detail),
            RequestId = requestId,
            Method = trace.Method,
            Path = trace.PathAndQuery,
            EngineId = attempt.Call.EngineId,
            JobId = attempt.Call.JobId,
        };
    }

    /// <summary>Measures one request and reports it once.</summary>
    private sealed class Attempt
    {
        private readonly string _pathAndQuery;
        private readonly Action<RequestTrace>? _report;
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        public Attempt(ApiCall call, string pathAndQuery, Action<RequestTrace>? report)
        {
            Call = call;
            _pathAndQuery = pathAndQuery;
            _report = report;
        }

        public ApiCall Call { get; }

        public int? StatusCode { get; set; }

        public string? RequestId { get; set; }

        public long Bytes { get; set; }

        public RequestTrace Finish(string? failure)
        {
            var trace = new RequestTrace("GET", _pathAndQuery, StatusCode, _clock.Elapsed, Bytes, RequestId, failure);
            _report?.Invoke(trace);
            return trace;
        }

        public CseApiException Fail(CseErrorReason reason, string message)
        {
            RequestTrace trace = Finish(reason.ToString());
            return new CseApiException(reason, message)
            {
                StatusCode = StatusCode,
                RequestId = RequestId,
                Method = trace.Method,
                Path = trace.PathAndQuery,
                EngineId = Call.EngineId,
                JobId = Call.JobId,
            };
        }
    }
}
