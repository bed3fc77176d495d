using System.Globalization;
using System.Text.Json;
using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>The two IAM calls that signing in takes: a token for a password, and the projects of a region.</summary>
internal sealed class IamClient : IDisposable
{
    private readonly HttpExchange _exchange;
    private readonly string _baseAddress;
    private readonly string _host;
    private readonly RetryLoop _retries;
    private readonly Func<DateTimeOffset> _now;

    /// <exception cref="ArgumentException">The endpoint cannot be used.</exception>
    public IamClient(Uri endpoint, CseTransportOptions options)
    {
        _baseAddress = EndpointRules.Check(endpoint, options.AllowUnencryptedAuthentication);
        _host = endpoint.Host;
        _exchange = new HttpExchange(options);
        _retries = new RetryLoop(options);
        _now = options.Now;
    }

    /// <summary><c>POST /v3/auth/tokens</c>. Without the catalogue, which would make the answer large.</summary>
    public Task<IamToken> CreateTokenAsync(PasswordLogin login, ICallObserver? observer, CancellationToken cancellationToken) =>
        _retries.RunAsync(deadline => TryCreateTokenAsync(login, deadline, observer, cancellationToken), observer, cancellationToken);

    private async Task<IamToken> TryCreateTokenAsync(PasswordLogin login, DateTimeOffset deadline, ICallObserver? observer, CancellationToken cancellationToken)
    {
        byte[] body = TokenRequestBody(login);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_baseAddress + "/v3/auth/tokens?nocatalog=true"))
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=utf8");
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using HttpAnswer answer = await _exchange.SendAsync(request, login.Password.RemoveFrom, Left(deadline), observer, cancellationToken).ConfigureAwait(false);
            return answer.Status == 201
                ? ReadToken(answer)
                : throw Refused(answer, login.Password.RemoveFrom, "IAM did not accept the user name, password or account name.");
        }
        finally
        {
            Array.Clear(body, 0, body.Length);
        }
    }

    private TimeSpan Left(DateTimeOffset deadline) => deadline - _now();

    /// <summary><c>GET /v3/projects?name=…</c>, signed with an access key.</summary>
    public Task<List<IamProject>> FindProjectsAsync(string name, AccessKey key, ICallObserver? observer, CancellationToken cancellationToken) =>
        _retries.RunAsync(deadline => TryFindProjectsAsync(name, key, deadline, observer, cancellationToken), observer, cancellationToken);

    private async Task<List<IamProject>> TryFindProjectsAsync(
        string name, AccessKey key, DateTimeOffset deadline, ICallObserver? observer, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _now();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_baseAddress}/v3/projects?name={PercentEncoding.Escape(name)}"));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        RequestSigner.Sign(request, key, now);
        using HttpAnswer answer = await _exchange.SendAsync(request, text => Redaction.OfKey(key, text), Left(deadline), observer, cancellationToken).ConfigureAwait(false);
        return answer.Status == 200
            ? ReadProjects(answer)
            : throw Refused(answer, text => Redaction.OfKey(key, text), "IAM did not accept the access key. " + SignatureAdvice.For(answer, now));
    }

    public void Dispose() => _exchange.Dispose();

    private static byte[] TokenRequestBody(PasswordLogin login)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("auth");
            json.WriteStartObject("identity");
            json.WriteStartArray("methods");
            json.WriteStringValue("password");
            json.WriteEndArray();
            json.WriteStartObject("password");
            json.WriteStartObject("user");
            json.WriteString("name", login.UserName);
            json.WriteString("password", login.Password.Reveal());
            json.WriteStartObject("domain");
            json.WriteString("name", login.DomainName);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("scope");
            json.WriteStartObject("project");
            json.WriteString(login.ProjectId is null ? "name" : "id", login.ProjectId ?? login.ProjectName);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        byte[] body = stream.ToArray();
        Array.Clear(stream.GetBuffer(), 0, (int)stream.Length);
        return body;
    }

    private IamToken ReadToken(HttpAnswer answer)
    {
        if (answer.SubjectToken is null)
        {
            throw Malformed(answer, "it has no X-Subject-Token");
        }

        using JsonDocument document = Parse(answer);
        JsonElement token = Field(document.RootElement, "token");
        string? expires = Text(token, "expires_at");
        return new IamToken
        {
            Value = new Secret(answer.SubjectToken),
            ProjectId = Text(Field(token, "project"), "id"),
            ExpiresAt = DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null,
        };
    }

    private List<IamProject> ReadProjects(HttpAnswer answer)
    {
        using JsonDocument document = Parse(answer);
        JsonElement projects = Field(document.RootElement, "projects");
        return projects.ValueKind == JsonValueKind.Array
            ? projects.EnumerateArray()
                .Select(project => new IamProject(Text(project, "id") ?? string.Empty, Text(project, "name") ?? string.Empty))
                .Where(project => project.Id.Length > 0)
                .ToList()
            : throw Malformed(answer, "it has no list of projects");
    }

    private JsonDocument Parse(HttpAnswer answer)
    {
        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException)
        {
            throw Malformed(answer, "it is no JSON");
        }
    }

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private CseApiException Malformed(HttpAnswer answer, string why) => answer.Failure(
        CseErrorReason.MalformedResponse, $"The answer of {_host} could not be read: {why}.", ErrorBody.None, isTransient: true);

    private CseApiException Refused(HttpAnswer answer, Func<string, string> secrets, string whenRefused)
    {
        ErrorBody error = ErrorBody.Read(answer.Body, text => _exchange.Redact(text, secrets));
        CseErrorReason reason = ErrorClassifier.Classify(answer.Status, error.Code);
        string what = reason switch
        {
            CseErrorReason.AuthenticationFailed => whenRefused,
            CseErrorReason.PermissionDenied => "IAM does not allow this user to do that.",
            CseErrorReason.Throttled => "IAM refuses for now: too many requests.",
            CseErrorReason.ServerError => "IAM failed.",
            _ => "IAM refused the request.",
        };
        string message = ErrorMessage.WithServerWords(what, answer.Status, error.Code, error.Message);
        return answer.Failure(reason, message, error, ErrorClassifier.IsTransient(answer.Status, reason));
    }
}
