namespace CseJobs.Client.Auth;

/// <summary>The two IAM calls that signing in takes: a token for a password, and the projects of a region.</summary>
internal sealed class IamClient : IDisposable
{
    // While the old token holds, a call must not be held up for longer by an IAM that does not answer.
    private static readonly TimeSpan MaxEarlyRenewal = TimeSpan.FromSeconds(10);

    private readonly RequestPipeline _pipeline;

    /// <param name="endpoint">Address of IAM.</param>
    /// <param name="options">How to send.</param>
    /// <param name="credential">Signs the requests, or only keeps the password out of messages; its owner disposes it.</param>
    /// <exception cref="ArgumentException">The endpoint cannot be used.</exception>
    public IamClient(Uri endpoint, CseTransportOptions options, CseCredential credential) => _pipeline = new RequestPipeline(
        EndpointRules.Check(endpoint, options.AllowUnencryptedAuthentication), options, credential, new IamService(endpoint.Host));

    /// <summary><c>POST /v3/auth/tokens</c>. Without the catalogue, which would make the answer large.</summary>
    /// <param name="login">Who signs in, for which project.</param>
    /// <param name="isEarly">Whether the caller has a token that still holds: one short try is enough then.</param>
    /// <param name="observer">Is told of requests and waits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IamToken> CreateTokenAsync(PasswordLogin login, bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        byte[] body = TokenRequestBody(login);
        try
        {
            var call = new ApiCall("/v3/auth/tokens?nocatalog=true")
            {
                Method = HttpMethod.Post,
                Body = body,
                IsRepeatable = true,
                NoRetry = isEarly,
                Timeout = isEarly ? MaxEarlyRenewal : null,
            };
            return await _pipeline.SendForAnswerAsync(call, ReadToken, observer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Array.Clear(body, 0, body.Length);
        }
    }

    /// <summary><c>GET /v3/projects?name=…</c>.</summary>
    public Task<List<IamProject>> FindProjectsAsync(string name, ICallObserver? observer, CancellationToken cancellationToken) =>
        _pipeline.SendAsync(new ApiCall($"/v3/projects?name={PercentEncoding.Escape(name)}"), ReadProjects, observer, cancellationToken);

    public void Dispose() => _pipeline.Dispose();

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

    private static IamToken ReadToken(HttpAnswer answer)
    {
        if (answer.SubjectToken is null)
            throw new JsonException("it has no X-Subject-Token");

        using JsonDocument document = Parse(answer.Body);
        JsonElement token = Field(document.RootElement, "token");
        string? expires = Text(token, "expires_at");
        return new IamToken
        {
            Value = new Secret(answer.SubjectToken),
            ProjectId = Text(Field(token, "project"), "id"),
            ExpiresAt = DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null,
        };
    }

    private static List<IamProject> ReadProjects(ArraySegment<byte> body)
    {
        using JsonDocument document = Parse(body);
        JsonElement projects = Field(document.RootElement, "projects");
        return projects.ValueKind == JsonValueKind.Array
            ? projects.EnumerateArray()
                .Select(project => new IamProject(Text(project, "id") ?? string.Empty, Text(project, "name") ?? string.Empty))
                .Where(project => project.Id.Length > 0)
                .ToList()
            : throw new JsonException("it has no list of projects");
    }

    private static JsonDocument Parse(ArraySegment<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            // Not the parser's words: they may quote the answer.
            throw new JsonException("it is no JSON");
        }
    }

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private sealed class IamService(string host) : ServiceProfile
    {
        public override void Prepare(HttpRequestMessage request, ApiCall call)
        {
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            if (call.Method == HttpMethod.Post)
            {
                request.Content = new RequestBody(call.Body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=utf8");
            }
        }

        public override string Describe(CseErrorReason reason, ApiCall call, HttpAnswer answer) => reason switch
        {
            CseErrorReason.AuthenticationFailed when call.Method == HttpMethod.Post => "IAM did not accept the user name, password or account name.",
            CseErrorReason.AuthenticationFailed => "IAM did not accept the access key.",
            CseErrorReason.PermissionDenied => "IAM does not allow this user to do that.",
            CseErrorReason.Throttled => "IAM refuses for now: too many requests.",
            CseErrorReason.ServerError => "IAM failed.",
            _ => "IAM refused the request.",
        };

        public override string DescribeUnreadable(HttpAnswer answer, JsonException cause, Func<string, string> redact) =>
            $"The answer of {host} could not be read: {cause.Message}.";
    }
}

/// <summary>A project, as IAM lists it.</summary>
/// <param name="Id">Project id.</param>
/// <param name="Name">Project name.</param>
internal sealed record IamProject(string Id, string Name);

/// <summary>A token that IAM gave, and the project it holds for.</summary>
internal sealed class IamToken : IExpiringCredential
{
    public required Secret Value { get; init; }

    /// <summary>Project of the token's scope (API field <c>token.project.id</c>); null when the answer had none.</summary>
    public string? ProjectId { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string RemoveFrom(string text) => Value.RemoveFrom(text);

    public void Clear() => Value.Clear();
}

/// <summary>What IAM is asked for: a token of a user for one project.</summary>
internal sealed class PasswordLogin
{
    public required string UserName { get; init; }

    public required Secret Password { get; init; }

    /// <summary>Account name (API field <c>user.domain.name</c>).</summary>
    public required string DomainName { get; init; }

    /// <summary>Project of the scope by id; else <see cref="ProjectName"/> is used.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Project of the scope by name; the region's own project has the region's name.</summary>
    public string? ProjectName { get; init; }
}

/// <summary>Goes with the sign-in itself, whose body holds the password: adds nothing, and keeps the password out of messages.</summary>
internal sealed class LoginRedaction(PasswordLogin login) : CseCredential
{
    public override string IdentityKind => "Password";

    internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken) => Task.FromResult(0L);

    internal override string Redact(string text) => login.Password.RemoveFrom(text);

    private protected override void Dispose(bool disposing)
    {
    }
}
