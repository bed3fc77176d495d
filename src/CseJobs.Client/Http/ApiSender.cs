using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client.Auth;
using CseJobs.Client.Json;

namespace CseJobs.Client.Http;

/// <summary>
/// Makes a call to the API: the documented headers, the credential's proof, and one renewal when the server says that the
/// proof has become old. Whatever the server refuses leaves as a <see cref="CseApiException"/>.
/// </summary>
internal sealed class ApiSender : IDisposable
{
    private readonly HttpExchange _exchange;
    private readonly CseClientOptions _options;
    private readonly CseCredential _credential;
    private readonly string _baseAddress;

    public ApiSender(CseClientOptions options, CseCredential credential)
    {
        _baseAddress = EndpointRules.Check(options.Endpoint, options.AllowUnencryptedAuthentication);
        _options = options;
        _credential = credential;
        _exchange = new HttpExchange(options);
    }

    public async Task<ApiResponse> SendAsync(ApiCall call, Action<RequestTrace>? trace, CancellationToken cancellationToken)
    {
        try
        {
            AuthorizedAnswer first = await SendOnceAsync(call, trace, cancellationToken).ConfigureAwait(false);
            if (first.Answer.Status == 200)
            {
                _credential.Accepted(first.Stamp);
                return new ApiResponse(first.Answer.Body, first.Answer.Trace);
            }

            ErrorBody error = ErrorBody.Read(first.Answer.Body, _credential.Redact);
            HttpAnswer answer = first.Answer;
            if (ErrorClassifier.SaysCredentialIsOld(answer.Status, error.Code)
                && await _credential.RenewAsync(first.Stamp, trace, cancellationToken).ConfigureAwait(false))
            {
                AuthorizedAnswer second = await SendOnceAsync(call, trace, cancellationToken).ConfigureAwait(false);
                answer = second.Answer;
                if (answer.Status == 200)
                {
                    _credential.Accepted(second.Stamp);
                    return new ApiResponse(answer.Body, answer.Trace);
                }

                error = ErrorBody.Read(answer.Body, _credential.Redact);
            }

            throw Refused(call, answer, error);
        }
        catch (CseApiException e) when (e.EngineId is null)
        {
            throw e.About(call.EngineId, call.JobId);
        }
        catch (ObjectDisposedException)
        {
            throw new CseApiException(CseErrorReason.SessionClosed, "The session was closed.").About(call.EngineId, call.JobId);
        }
    }

    public void Dispose() => _exchange.Dispose();

    /// <summary>An answer that came, but does not say what it should.</summary>
    public CseApiException Malformed(ApiCall call, ApiResponse response, Exception cause)
    {
        string words = ErrorBody.FirstWords(response.Body, _credential.Redact) is { } first ? $" It begins: {first}" : " It is empty.";
        return new CseApiException(
            CseErrorReason.MalformedResponse,
            $"The answer of {_options.Endpoint.Host} could not be read: {_credential.Redact(SafeText.Clean(cause.Message))}{words}")
        {
            StatusCode = response.Trace.StatusCode,
            RequestId = response.Trace.RequestId,
            Method = response.Trace.Method,
            Path = response.Trace.PathAndQuery,
            EngineId = call.EngineId,
            JobId = call.JobId,
        };
    }

    private async Task<AuthorizedAnswer> SendOnceAsync(ApiCall call, Action<RequestTrace>? trace, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = CreateRequest(call);
        long stamp = await _credential.AuthorizeAsync(request, trace, cancellationToken).ConfigureAwait(false);
        HttpAnswer answer = await _exchange.SendAsync(request, _credential.Redact, trace, cancellationToken).ConfigureAwait(false);
        return new AuthorizedAnswer(answer, stamp);
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
        if (_credential.Signs)
        {
            request.Headers.TryAddWithoutValidation("X-Project-Id", _options.ProjectId);
        }

        if (_options.EnterpriseProjectId is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Enterprise-Project-ID", _options.EnterpriseProjectId);
        }

        return request;
    }

    private CseApiException Refused(ApiCall call, HttpAnswer answer, ErrorBody error)
    {
        CseErrorReason reason = ErrorClassifier.Classify(answer.Status, error.Code);
        string? advice = reason == CseErrorReason.AuthenticationFailed ? _credential.Explain(answer) : null;
        return new CseApiException(reason, ErrorMessage.Compose(reason, call, _options, answer, error, advice))
        {
            StatusCode = answer.Status,
            Code = error.Code,
            ServerMessage = error.Message,
            Detail = error.Detail,
            RequestId = answer.Trace.RequestId ?? error.RequestId,
            Method = answer.Trace.Method,
            Path = answer.Trace.PathAndQuery,
            EngineId = call.EngineId,
            JobId = call.JobId,
        };
    }

    /// <param name="Answer">The answer.</param>
    /// <param name="Stamp">Which proof went with the request.</param>
    private sealed record AuthorizedAnswer(HttpAnswer Answer, long Stamp);
}
