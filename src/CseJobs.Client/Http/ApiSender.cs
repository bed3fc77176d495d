using System.Text.Json;
using CseJobs.Client.Auth;
using CseJobs.Client.Text;

namespace CseJobs.Client.Http;

/// <summary>
/// Makes a call to the API until it has an answer that can be read: the documented headers, the credential's proof, one
/// renewal when the server says that the proof has become old, and retries of what may pass. Whatever fails in the end leaves
/// as a <see cref="CseApiException"/>.
/// </summary>
internal sealed class ApiSender : IDisposable
{
    private readonly HttpExchange _exchange;
    private readonly CseClientOptions _options;
    private readonly CseCredential _credential;
    private readonly RetryLoop _retries;
    private readonly string _baseAddress;

    public ApiSender(CseClientOptions options, CseCredential credential)
    {
        _baseAddress = EndpointRules.Check(options.Endpoint, options.AllowUnencryptedAuthentication);
        _options = options;
        _credential = credential;
        _retries = new RetryLoop(options);
        _exchange = new HttpExchange(options);
    }

    /// <param name="call">What to ask for.</param>
    /// <param name="read">Reads the body; throws <see cref="JsonException"/> for one that is not what it should be.</param>
    /// <param name="observer">Is told of requests and waits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<T> SendAsync<T>(ApiCall call, Func<ArraySegment<byte>, T> read, ICallObserver? observer, CancellationToken cancellationToken)
    {
        try
        {
            Task<T> Work(DateTimeOffset deadline) => TryAsync(call, read, deadline, observer, cancellationToken);
            return call.Once
                ? await Work(_options.Now() + _options.OperationTimeout).ConfigureAwait(false)
                : await _retries.RunAsync(Work, observer, cancellationToken, call.IsRepeatable).ConfigureAwait(false);
        }
        catch (CseApiException e)
        {
            throw e.About(call.EngineId, call.JobId);
        }
    }

    public void Dispose() => _exchange.Dispose();

    private string Redact(string text) => _exchange.Redact(text, _credential.Redact);

    private async Task<T> TryAsync<T>(
        ApiCall call, Func<ArraySegment<byte>, T> read, DateTimeOffset deadline, ICallObserver? observer, CancellationToken cancellationToken)
    {
        HttpAnswer? answer = null;
        try
        {
            (answer, long stamp) = await SendOnceAsync(call, deadline, observer, cancellationToken).ConfigureAwait(false);
            if (!call.Accepts(answer.Status)
                && ErrorClassifier.SaysCredentialIsOld(answer.Status, ErrorBody.Read(answer.Body, Redact).Code)
                && await _credential.RenewAsync(stamp, observer, cancellationToken).ConfigureAwait(false))
            {
                answer.Dispose();
                (answer, stamp) = await SendOnceAsync(call, deadline, observer, cancellationToken).ConfigureAwait(false);
            }

            if (HasTakenTheProof(answer.Status))
            {
                _credential.Accepted(stamp);
            }

            if (!call.Accepts(answer.Status))
            {
                throw Refused(call, answer, ErrorBody.Read(answer.Body, Redact));
            }

            return Read(call, answer, read);
        }
        catch (ObjectDisposedException)
        {
            throw new CseApiException(CseErrorReason.SessionClosed, "The session was closed.");
        }
        finally
        {
            answer?.Dispose();
        }
    }

    /// <summary>Whether an answer shows that the proof was looked at and taken. One about an engine that is not there does; a failing gateway's does not.</summary>
    private static bool HasTakenTheProof(int status) => status is >= 200 and < 300 or 400 or 403 or 404;

    private async Task<(HttpAnswer Answer, long Stamp)> SendOnceAsync(
        ApiCall call, DateTimeOffset deadline, ICallObserver? observer, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = CreateRequest(call);
        long stamp = await _credential.AuthorizeAsync(request, observer, cancellationToken).ConfigureAwait(false);
        TimeSpan remaining = deadline - _options.Now();
        HttpAnswer answer = await _exchange.SendAsync(request, _credential.Redact, remaining, observer, cancellationToken).ConfigureAwait(false);
        return (answer, stamp);
    }

    /// <summary>The header set of the API's documents, on every call. A GET has no body, yet the list call demands a Content-Type.</summary>
    private HttpRequestMessage CreateRequest(ApiCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_baseAddress + call.PathAndQuery))
        {
            Content = new RequestBody(call.Body),
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

    private T Read<T>(ApiCall call, HttpAnswer answer, Func<ArraySegment<byte>, T> read)
    {
        try
        {
            return read(answer.Body);
        }
        catch (JsonException e)
        {
            // Some gateways answer 200 with an error in the body.
            ErrorBody error = ErrorBody.Read(answer.Body, Redact);
            throw error.Code is not null ? Refused(call, answer, error) : Malformed(answer, e);
        }
    }

    private CseApiException Malformed(HttpAnswer answer, JsonException cause)
    {
        string words = ErrorBody.FirstWords(answer.Body, Redact) is { } first ? $" It begins: {first}" : " It is empty.";
        string message = $"The answer of {_options.Endpoint.Host} could not be read: {Redact(SafeText.Clean(cause.Message))}{words}";
        return answer.Failure(CseErrorReason.MalformedResponse, message, ErrorBody.None, isTransient: true);
    }

    private CseApiException Refused(ApiCall call, HttpAnswer answer, ErrorBody error)
    {
        CseErrorReason reason = ErrorClassifier.Classify(answer.Status, error.Code);
        string? advice = reason == CseErrorReason.AuthenticationFailed ? _credential.Explain(answer) : null;
        string message = ErrorMessage.Compose(reason, call, _options, answer, error, advice);
        return answer.Failure(reason, message, error, ErrorClassifier.IsTransient(answer.Status, reason));
    }
}
