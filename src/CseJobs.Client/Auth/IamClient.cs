namespace CseJobs.Client.Auth;

/// <summary>The IAM calls that signing in takes: a token for a password or for an agency, temporary keys of an agency, and the projects of a region.</summary>
internal sealed class IamClient : IDisposable
{
    // While the old token holds, a call must not be held up for longer by an IAM that does not answer.
    private static readonly TimeSpan MaxEarlyRenewal = TimeSpan.FromSeconds(10);

    // IAM gives temporary keys for 15 minutes to 24 hours.
    private const int KeySeconds = 3600;

    private static readonly string[] Password = ["password"];
    private static readonly string[] AssumeRole = ["assume_role"];

    private readonly SignInOptions _options;
    private readonly RequestPipeline _pipeline;

    public IamClient(Uri endpoint, SignInOptions options, CseCredential credential)
    {
        _options = options;
        _pipeline = new RequestPipeline(
            EndpointRules.Check(endpoint, options.AllowUnencryptedAuthentication), options, credential, new IamService(endpoint.Host, options.AgencyName));
    }

    /// <summary><c>POST /v3/auth/tokens</c>. Early means that there is a token which still holds: one short try is enough then.</summary>
    public Task<IamToken> CreateTokenAsync(PasswordLogin login, bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        string password = login.Password.Reveal();
        object user = login.UserId is null
            ? new { name = login.UserName, password, domain = new { name = login.DomainName } }
            : new { id = login.UserId, password };
        return CreateTokenAsync(new { methods = Password, password = new { user } }, isEarly, observer, cancellationToken);
    }

    /// <summary>The same call, with the token of a user whom the agency trusts.</summary>
    public Task<IamToken> CreateAgencyTokenAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken) =>
        CreateTokenAsync(new { methods = AssumeRole, assume_role = Agency() }, isEarly, observer, cancellationToken);

    /// <summary><c>POST /v3.0/OS-CREDENTIAL/securitytokens</c>, signed with a key of an account that the agency trusts.</summary>
    public Task<AccessKey> CreateAgencyKeyAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> agency = Agency();
        agency["duration_seconds"] = KeySeconds;
        var body = new { auth = new { identity = new { methods = AssumeRole, assume_role = agency } } };
        return PostAsync("/v3.0/OS-CREDENTIAL/securitytokens", body, answer => AccessKey.ReadTemporary(answer.Body), isEarly, observer, cancellationToken);
    }

    private Dictionary<string, object?> Agency() => new()
    {
        ["agency_name"] = _options.AgencyName,
        [_options.AgencyDomainId is null ? "domain_name" : "domain_id"] = _options.AgencyDomainId ?? _options.AgencyDomainName,
    };

    /// <summary>Without the catalogue, which would make the answer large.</summary>
    private Task<IamToken> CreateTokenAsync(object identity, bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        var project = new Dictionary<string, string?> { [_options.ProjectId is null ? "name" : "id"] = _options.ProjectId ?? _options.ProjectName ?? _options.Region };
        return PostAsync("/v3/auth/tokens?nocatalog=true", new { auth = new { identity, scope = new { project } } }, ReadToken, isEarly, observer, cancellationToken);
    }

    private async Task<T> PostAsync<T>(string path, object content, Func<HttpAnswer, T> read, bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(content);
        try
        {
            var call = new ApiCall(path)
            {
                Method = HttpMethod.Post,
                Body = body,
                IsRepeatable = true,
                NoRetry = isEarly,
                Timeout = isEarly ? MaxEarlyRenewal : null,
            };
            return await _pipeline.SendForAnswerAsync(call, read, observer, cancellationToken).ConfigureAwait(false);
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

        if (TokenCredential.ProblemOf(answer.SubjectToken) is not null)
            throw new JsonException("its X-Subject-Token cannot stand in an HTTP header");

        using JsonDocument document = Parse(answer.Body);
        JsonElement token = document.RootElement.Field("token");
        bool ends = DateTimeOffset.TryParse(token.Text("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        return new IamToken(new Secret(answer.SubjectToken), ProjectId(token.Field("project")), ends ? time : null);
    }

    private static List<string> ReadProjects(ArraySegment<byte> body)
    {
        using JsonDocument document = Parse(body);
        JsonElement projects = document.RootElement.Field("projects");
        return projects.ValueKind == JsonValueKind.Array
            ? projects.EnumerateArray().Select(ProjectId).OfType<string>().ToList()
            : throw new JsonException("it has no list of projects");
    }

    /// <summary>It goes into addresses and messages: one that cannot be an id is not taken from a server either.</summary>
    private static string? ProjectId(JsonElement project)
    {
        try
        {
            return project.Text("id") is { } id && PathSegment.ProjectId(id) is not null ? id : null;
        }
        catch (ArgumentException)
        {
            throw new JsonException("it names a project by what cannot be an id");
        }
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

    private sealed class IamService(string host, string? agency) : ServiceProfile
    {
        // That no such agency exists does not mean that the address is wrong.
        public override CseErrorReason Classify(int status, string? code) =>
            status == 404 && agency is not null ? CseErrorReason.RequestRejected : base.Classify(status, code);

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
            CseErrorReason.AuthenticationFailed when agency is not null => "IAM did not accept who is to act as the agency.",
            CseErrorReason.PermissionDenied or CseErrorReason.RequestRejected when agency is not null && call.Method == HttpMethod.Post =>
                $"IAM knows no agency '{SafeText.Quote(agency)}' of that account, or does not let this user act as it.",
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

/// <summary>An IAM user: name, password, and the account, which the API calls domain; or the user's id, which needs no account.</summary>
internal sealed record PasswordLogin(string? UserName, Secret Password, string? DomainName, string? UserId = null);

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

    /// <summary>Also in IAM's own words, which the token meets when it gets one of an agency.</summary>
    internal override bool IsCalledOld(int status, string? code) => base.IsCalledOld(status, code) || (status == 401 && code == "401");

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
