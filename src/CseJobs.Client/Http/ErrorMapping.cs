using System.Net.Sockets;
using System.Security.Authentication;

namespace CseJobs.Client.Http;

/// <summary>
/// Decides why a call failed. The error code goes before the HTTP status: an engine that does not exist is reported as 400
/// or as 401, and the latter is no matter of authentication.
/// </summary>
internal static class ErrorClassifier
{
    public static CseErrorReason Classify(int status, string? code) =>
        ByServiceCode(code) ?? ByGatewayCode(code) ?? ByStatus(status);

    /// <summary>Whether a fresh token would help: 401 with 0307, "the token must be updated". Nothing else is worth a sign-in.</summary>
    public static bool SaysCredentialIsOld(int status, string? code) =>
        status == 401 && code is not null && code.StartsWith("APIG", StringComparison.OrdinalIgnoreCase) && code.EndsWith(".0307", StringComparison.Ordinal);

    /// <summary>Whether the same request may be answered a moment later.</summary>
    public static bool IsTransient(int status, CseErrorReason reason) => reason switch
    {
        CseErrorReason.Throttled => true,
        CseErrorReason.ServerError or CseErrorReason.TimeoutReached => status is 408 or 500 or 502 or 503 or 504,
        CseErrorReason.MalformedResponse => true,
        _ => false,
    };

    private static CseErrorReason? ByServiceCode(string? code) => code?.ToUpperInvariant() switch
    {
        "SVCSTG.00501116" or "SVCSTG.00501125" or "SVCSTG.00401116" => CseErrorReason.EngineNotFound,
        "SVCSTG.00501153" => CseErrorReason.JobNotFound,
        "SVCSTG.00501152" => CseErrorReason.InvalidArgument,
        "SVCSTG.00300401" or "SVCSTG.00100401" => CseErrorReason.AuthenticationFailed,
        _ => null,
    };

    /// <summary>The prefix is APIG. or APIGW. by generation of the cloud; the number is what counts.</summary>
    private static CseErrorReason? ByGatewayCode(string? code)
    {
        if (code is null || !code.StartsWith("APIG", StringComparison.OrdinalIgnoreCase))
            return null;

        return code.Substring(code.IndexOf('.') + 1) switch
        {
            "0101" => CseErrorReason.ApiNotFound,
            "0301" or "0303" or "0305" or "0307" => CseErrorReason.AuthenticationFailed,
            "0302" or "0304" or "0306" or "0310" or "0401" or "0402" or "0403" or "0404" or "0405" or "0802" => CseErrorReason.PermissionDenied,
            "0308" => CseErrorReason.Throttled,
            _ => null,
        };
    }

    private static CseErrorReason ByStatus(int status) => status switch
    {
        401 => CseErrorReason.AuthenticationFailed,
        403 => CseErrorReason.PermissionDenied,
        404 => CseErrorReason.ApiNotFound,
        407 => CseErrorReason.ConnectionFailed,
        408 => CseErrorReason.TimeoutReached,
        429 => CseErrorReason.Throttled,
        >= 300 and < 400 => CseErrorReason.RedirectRefused,
        >= 400 and < 500 => CseErrorReason.RequestRejected,
        >= 500 => CseErrorReason.ServerError,
        200 => CseErrorReason.RequestRejected,
        _ => CseErrorReason.MalformedResponse,
    };
}

/// <summary>What is particular to one service behind the pipeline: the content of its requests, and how its failures read.</summary>
internal abstract class ServiceProfile
{
    /// <summary>Gives a request its content and headers, all but those of the credential.</summary>
    public abstract void Prepare(HttpRequestMessage request, ApiCall call);

    /// <summary>Why a call failed, by what the server answered.</summary>
    public virtual CseErrorReason Classify(int status, string? code) => ErrorClassifier.Classify(status, code);

    /// <summary>What a refusal says of itself.</summary>
    public virtual ErrorBody ReadError(HttpAnswer answer, Func<string, string> redact) => ErrorBody.Read(answer.Body, redact);

    /// <summary>Says in one sentence what failed.</summary>
    public abstract string Describe(CseErrorReason reason, ApiCall call, HttpAnswer answer);

    /// <summary>Says that an answer is not what was asked for.</summary>
    public abstract string DescribeUnreadable(HttpAnswer answer, JsonException cause, Func<string, string> redact);

    /// <summary>Says that there was no answer.</summary>
    /// <param name="message">Why, in general terms.</param>
    public virtual string DescribeUnreachable(string message) => message;

    /// <summary>A whole message: what failed, what to check, what the server said, status and code.</summary>
    public virtual string Compose(CseErrorReason reason, ApiCall call, HttpAnswer answer, ErrorBody error, string? hint)
    {
        string said = string.IsNullOrEmpty(error.Message) ? string.Empty : $" It said: {error.Message.TrimEnd('.')}.";
        string status = string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status}");
        string codes = error.Code is null || status == "HTTP " + error.Code ? status : $"{status}, {error.Code}";
        return $"{Describe(reason, call, answer)}{(hint is null ? null : " " + hint)}{said} ({codes})";
    }
}

/// <summary>The engine-job API.</summary>
internal sealed class CseService(CseClientOptions options, bool namesProject) : ServiceProfile
{
    /// <summary>The header set of the API's documents, on every call. A GET has no body, yet the list call demands a Content-Type.</summary>
    public override void Prepare(HttpRequestMessage request, ApiCall call)
    {
        request.Content = new RequestBody(call.Body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=UTF-8");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (namesProject)
            request.Headers.TryAddWithoutValidation("X-Project-Id", options.ProjectId);

        if (options.EnterpriseProjectId is not null)
            request.Headers.TryAddWithoutValidation("X-Enterprise-Project-ID", options.EnterpriseProjectId);
    }

    public override string Describe(CseErrorReason reason, ApiCall call, HttpAnswer answer) => reason switch
    {
        CseErrorReason.EngineNotFound when call.EngineId is null => $"No engine was found in project {options.ProjectId}, {EnterpriseProject()}.",
        CseErrorReason.EngineNotFound => $"Engine '{Shown(call)}' was not found in project {options.ProjectId}, {EnterpriseProject()}.",
        CseErrorReason.JobNotFound => $"Engine '{Shown(call)}' has no job {call.JobId}.",
        CseErrorReason.AuthenticationFailed => "The server did not accept the credentials.",
        // The engine by name: of many that are asked, one may be out of bounds.
        CseErrorReason.PermissionDenied when call.EngineId is not null => $"The credentials are valid, but do not allow this for engine '{Shown(call)}'.",
        CseErrorReason.PermissionDenied => "The credentials are valid, but do not allow this.",
        CseErrorReason.ApiNotFound => $"{options.Endpoint.Host} does not offer the engine-job API.",
        CseErrorReason.Throttled => "The server refuses for now: too many requests.",
        CseErrorReason.ServerError => "The server failed.",
        CseErrorReason.TimeoutReached => "The server gave up waiting.",
        CseErrorReason.RedirectRefused => $"The server redirects to {Target(answer.Location)}, which is not followed: the credentials would leave with it.",
        CseErrorReason.InvalidArgument => "The server did not accept a value.",
        CseErrorReason.MalformedResponse => "The server answered without what was asked for.",
        _ => "The server refused the request.",
    };

    public override string DescribeUnreadable(HttpAnswer answer, JsonException cause, Func<string, string> redact)
    {
        string words = ErrorBody.FirstWords(answer.Body, redact) is { } first ? $" It begins: {first}" : " It is empty.";
        return $"The answer of {options.Endpoint.Host} could not be read: {redact(SafeText.Clean(cause.Message))}{words}";
    }

    private string EnterpriseProject() =>
        options.EnterpriseProjectId is null ? "enterprise project 0 (the default)" : $"enterprise project {options.EnterpriseProjectId}";

    private static string Shown(ApiCall call) => SafeText.CleanLine(call.EngineId ?? string.Empty);

    // Host only: a redirect's query may repeat what was sent.
    private static string Target(Uri? location) => location is { IsAbsoluteUri: true } ? location.Host : "another path";
}

/// <summary>Tells why no answer came, and whether trying again can help.</summary>
internal static class TransportFailure
{
    /// <param name="error">Whatever ended the request, but for a cancellation by the caller.</param>
    /// <param name="uri">Where it went.</param>
    /// <param name="timedOut">The time that it was given, when that is up.</param>
    /// <param name="status">Status of the answer, when its headers had arrived.</param>
    /// <param name="requestId">The server's id of the request, likewise.</param>
    /// <param name="redact">Takes secrets out of texts that leave the client.</param>
    /// <param name="service">Finds the words.</param>
    public static Failure Of(Exception error, Uri uri, TimeSpan? timedOut, int? status, string? requestId, Func<string, string> redact, ServiceProfile service)
    {
        Failure fail(CseErrorReason reason, string message, bool isTransient = true) => new()
        {
            Reason = reason,
            Message = message,
            StatusCode = status,
            RequestId = requestId,
            IsTransient = isTransient,
            IsUnsent = Innermost(error) is SocketException { SocketErrorCode: SocketError.ConnectionRefused },
        };
        switch (error)
        {
            // Neither the caller nor the time: the client was disposed.
            case OperationCanceledException when timedOut is null:
            case ObjectDisposedException:
                return fail(CseErrorReason.SessionClosed, "The session was closed while the request was under way.", isTransient: false);
            case OperationCanceledException:
                string late = string.Format(CultureInfo.InvariantCulture, "{0} did not answer within {1:0.###} seconds.", uri.Host, timedOut.Value.TotalSeconds);
                return fail(CseErrorReason.TimeoutReached, service.DescribeUnreachable(late));
            case BodyTooLargeException:
                return fail(CseErrorReason.MalformedResponse, error.Message, isTransient: false);
            case InvalidDataException:
                return fail(CseErrorReason.MalformedResponse, $"The answer of {uri.Host} could not be unpacked: {redact(SafeText.Clean(error.Message))}");
            case HttpRequestException or IOException:
                (string message, bool isTransient) = Describe(error, uri);
                return fail(CseErrorReason.ConnectionFailed, service.DescribeUnreachable(redact(message)), isTransient);
            default:
                return fail(CseErrorReason.UnexpectedError, $"The request failed in an unexpected way ({error.GetType().Name}): {redact(SafeText.Clean(error.Message))}", isTransient: false);
        }
    }

    private static (string Message, bool IsTransient) Describe(Exception error, Uri uri)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AuthenticationException:
                    return ($"The certificate of {uri.Host} is not trusted, or TLS with it failed: {SafeText.Clean(e.Message)}", false);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }:
                    return ($"There is no host named {uri.Host}: check the region and the endpoint.", false);
            }
        }

        return ($"No answer from {uri.Host}: {SafeText.Clean(Innermost(error).Message)}", true);
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
