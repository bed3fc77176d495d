namespace CseJobs.Client.Http;

/// <summary>One request to make, and what it is about, so that an error can say whom it concerns.</summary>
/// <param name="PathAndQuery">Path and query below the endpoint, already encoded.</param>
/// <param name="EngineId">The engine asked for; null when the call is about none in particular.</param>
/// <param name="JobId">The job asked for; null for a list.</param>
internal sealed record ApiCall(string PathAndQuery, string? EngineId = null, long? JobId = null)
{
    private readonly bool _isRepeatable;

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The body, JSON; empty for reads.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Whether one try is enough: nothing is lost when it fails.</summary>
    public bool NoRetry { get; init; }

    /// <summary>Kind of the engine asked for (API field <c>type</c>); null when it is not known.</summary>
    public string? EngineKind { get; init; }

    /// <summary>Time that each try may take at most; null for what the options say.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether sending it twice does no more than sending it once. Reads do; of other calls that has to be known.</summary>
    public bool IsRepeatable
    {
        get => _isRepeatable || Method == HttpMethod.Get;
        init => _isRepeatable = value;
    }

    /// <summary>
    /// Whether an answer of this status is what was asked for. Of an action any success is: to report one that was accepted (202)
    /// as refused invites to do it again.
    /// </summary>
    public bool Accepts(int status) => status == 200 || (Method != HttpMethod.Get && status is > 200 and < 300);
}

/// <summary>A body whose bytes can be looked at: a signature covers them.</summary>
internal sealed class RequestBody(byte[] bytes) : ByteArrayContent(bytes)
{
    public byte[] Bytes { get; } = bytes;
}

/// <summary>What is particular to one service behind the pipeline: the content of its requests, and how its failures read.</summary>
internal abstract class ServiceProfile
{
    /// <summary>Largest answer that is read; a little for all services but that with the lists.</summary>
    public virtual long MaxAnswerBytes => 4 * 1024 * 1024;

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

    /// <summary>Says that there was no answer; the message tells why in general terms.</summary>
    public virtual string DescribeUnreachable(string message) => message;

    /// <summary>A whole message: what failed, what to check, what the server said, status and code.</summary>
    public virtual string Compose(CseErrorReason reason, ApiCall call, HttpAnswer answer, ErrorBody error, string? hint)
    {
        string said = string.IsNullOrEmpty(error.Message) ? string.Empty : $" It said: {error.Message.TrimEnd('.')}.";
        string status = answer.Status.ToString(CultureInfo.InvariantCulture);
        string code = error.Code is null || error.Code == status ? string.Empty : ", " + error.Code;
        return $"{Describe(reason, call, answer)}{(hint is null ? null : " " + hint)}{said} (HTTP {status}{code})";
    }
}

/// <summary>The engine-job API.</summary>
internal sealed class CseService(CseClientOptions options, bool namesProject) : ServiceProfile
{
    public override long MaxAnswerBytes => options.MaxResponseBytes;

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

    /// <summary>Whether an engine is known to be no ServiceComb engine ("CSE" and "CSE_Share" are). Which kinds have jobs is not documented.</summary>
    public static bool IsOtherKind(string? kind) => kind?.StartsWith("CSE", StringComparison.OrdinalIgnoreCase) == false;

    public override string Describe(CseErrorReason reason, ApiCall call, HttpAnswer answer)
    {
        string engine = SafeText.CleanLine(call.EngineId ?? string.Empty);
        string scope = $"project {options.ProjectId}, enterprise project {options.EnterpriseProjectId ?? "0 (the default)"}";

        // Host only: a redirect's query may repeat what was sent. As it was written: a secret in it would not be found in lower case.
        string target = answer.Location is not { IsAbsoluteUri: true } location ? "another path"
            : location.OriginalString.IndexOf(location.Host, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? location.OriginalString.Substring(at, location.Host.Length)
            : "another host";
        return reason switch
        {
            CseErrorReason.EngineNotFound when call.EngineId is null => $"No engine was found in {scope}.",
            CseErrorReason.EngineNotFound => $"Engine '{engine}' was not found in {scope}.",
            CseErrorReason.RequestRejected or CseErrorReason.ApiNotFound when IsOtherKind(call.EngineKind) =>
                $"The service refuses this for engine '{engine}', which is of kind {SafeText.CleanLine(call.EngineKind!)}: it may keep jobs for ServiceComb engines (kind CSE) only.",
            CseErrorReason.JobNotFound => $"Engine '{engine}' has no job {call.JobId}.",
            CseErrorReason.AuthenticationFailed => "The server did not accept the credentials.",
            // The engine by name: of many that are asked, one may be out of bounds.
            CseErrorReason.PermissionDenied when call.EngineId is not null => $"The credentials are valid, but do not allow this for engine '{engine}'.",
            CseErrorReason.PermissionDenied => "The credentials are valid, but do not allow this.",
            CseErrorReason.ApiNotFound => $"{options.Endpoint.Host} does not offer the engine-job API.",
            CseErrorReason.Throttled => "The server refuses for now: too many requests.",
            CseErrorReason.ServerError => "The server failed.",
            CseErrorReason.TimeoutReached => "The server gave up waiting.",
            CseErrorReason.RedirectRefused => $"The server redirects to {target}, which is not followed: the credentials would leave with it.",
            CseErrorReason.InvalidArgument => "The server did not accept a value.",
            CseErrorReason.MalformedResponse => "The server answered without what was asked for.",
            _ => "The server refused the request.",
        };
    }

    public override string DescribeUnreadable(HttpAnswer answer, JsonException cause, Func<string, string> redact)
    {
        string words = ErrorBody.FirstWords(answer.Body, redact) is { } first ? $" It begins: {first}" : " It is empty.";
        return $"The answer of {options.Endpoint.Host} could not be read: {redact(SafeText.Clean(cause.Message))}{words}";
    }
}
