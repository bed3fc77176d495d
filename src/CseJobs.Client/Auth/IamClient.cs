namespace CseJobs.Client.Auth;

/// <summary>The two IAM calls that signing in takes: a token for a password, and the projects of a region.</summary>
internal sealed class IamClient : IDisposable
{
    // While the old token holds, a call must not be held up for longer by an IAM that does not answer.
    private static readonly TimeSpan MaxEarlyRenewal = TimeSpan.FromSeconds(10);

    private static readonly string[] Methods = ["password"];

    private readonly SignInOptions _options;
    private readonly RequestPipeline _pipeline;

    public IamClient(Uri endpoint, SignInOptions options, CseCredential credential)
    {
        _options = options;
        _pipeline = new RequestPipeline(
            EndpointRules.Check(endpoint, options.AllowUnencryptedAuthentication), options, credential, new IamService(endpoint.Host));
    }

    /// <summary><c>POST /v3/auth/tokens</c>. Without the catalogue, which would make the answer large. Early means that there is a token which still holds: one short try is enough then.</summary>
    public async Task<IamToken> CreateTokenAsync(PasswordLogin login, bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            auth = new
            {
                identity = new
                {
                    methods = Methods,
                    password = new { user = new { name = login.UserName, password = login.Password.Reveal(), domain = new { name = login.DomainName } } },
                },
                scope = new
                {
                    project = new Dictionary<string, string?> { [_options.ProjectId is null ? "name" : "id"] = _options.ProjectId ?? _options.ProjectName ?? _options.Region },
                },
            },
        });
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
            Array.Clear(body);
        }
    }

    /// <summary><c>GET /v3/projects?name=…</c>.</summary>
    public Task<List<string>> FindProjectsAsync(string name, ICallObserver? observer, CancellationToken cancellationToken) =>
        _pipeline.SendAsync(new ApiCall($"/v3/projects?name={Uri.EscapeDataString(name)}"), ReadProjects, observer, cancellationToken);

    public void Dispose() => _pipeline.Dispose();

    private static IamToken ReadToken(HttpAnswer answer)
    {
        if (answer.SubjectToken is null)
            throw new JsonException("it has no X-Subject-Token");

        using JsonDocument document = Parse(answer.Body);
        JsonElement token = document.RootElement.Field("token");
        bool ends = DateTimeOffset.TryParse(token.Text("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        return new IamToken(new Secret(answer.SubjectToken), token.Field("project").Text("id"), ends ? time : null);
    }

    private static List<string> ReadProjects(ArraySegment<byte> body)
    {
        using JsonDocument document = Parse(body);
        JsonElement projects = document.RootElement.Field("projects");
        return projects.ValueKind == JsonValueKind.Array
            ? projects.EnumerateArray().Select(project => project.Text("id")).OfType<string>().ToList()
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

/// <summary>An IAM user: name, password, and the account, which the API calls domain.</summary>
internal sealed record PasswordLogin(string UserName, Secret Password, string DomainName);

/// <summary>A token that IAM gave, and the project of its scope (API field <c>token.project.id</c>); null when the answer had none.</summary>
internal sealed record IamToken(Secret Value, string? ProjectId, DateTimeOffset? ExpiresAt) : IExpiringCredential
{
    public void Authorize(HttpRequestMessage request, DateTimeOffset now) => request.Headers.TryAddWithoutValidation("X-Auth-Token", Value.Reveal());

    public string RemoveFrom(string text) => Value.RemoveFrom(text);

    public void Clear() => Value.Clear();
}

/// <summary>Signs in with an IAM user's name and password: gets a token and renews it for as long as the session lives.</summary>
internal sealed class PasswordCredential(IamClient iam, PasswordLogin login, TimeProvider time) : RenewableCredential<IamToken>(time)
{
    public override string IdentityKind => "Password";

    internal override string Redact(string text) => login.Password.RemoveFrom(base.Redact(text));

    private protected override Task<IamToken> GetNewAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken) =>
        iam.CreateTokenAsync(login, isEarly, observer, cancellationToken);

    private protected override void Dispose(bool disposing)
    {
        login.Password.Clear();
        base.Dispose(disposing);
        iam.Dispose();
    }
}

/// <summary>Goes with the sign-in itself, whose body holds the password: adds nothing, and keeps the password out of messages.</summary>
internal sealed class LoginRedaction(PasswordLogin login) : CseCredential
{
    public override string IdentityKind => "Password";

    internal override string Redact(string text) => login.Password.RemoveFrom(text);

    private protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Reads JSON that may be of another form than expected: what is not there or of another kind is nothing.</summary>
internal static class LenientJson
{
    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <returns>Null when it is no text, or an empty one.</returns>
    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;
}
