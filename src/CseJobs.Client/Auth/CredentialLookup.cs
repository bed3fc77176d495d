namespace CseJobs.Client.Auth;

/// <summary>
/// Finds credentials where the ecosystem's tools keep them. The first source that holds any is taken as a whole: never a key
/// from one and its secret from another. A source that holds half a credential is an error, not a reason to go on.
/// </summary>
/// <remarks>
/// 1. <c>HUAWEICLOUD_SDK_AK</c> and its kin (official SDKs); 2. <c>HW_…</c> (Terraform): token, access key, password;
/// 3. <c>OS_…</c> (OpenStack tools): the same; 4. the SDKs' profile file; 5. KooCLI's configuration, if its secrets are not encrypted.
/// </remarks>
/// <param name="options">What the caller set; it goes before what is found.</param>
internal sealed class CredentialLookup(SignInOptions options)
{
    private readonly CredentialEnvironment _environment = options.Environment;

    private string SdkProfilePath => _environment.Get("HUAWEICLOUD_SDK_CREDENTIALS_FILE") ?? Path.Combine(_environment.Home, ".huaweicloud", "credentials");

    private string KooCliPath => _environment.Get("HW_SHARED_CONFIG_FILE") ?? Path.Combine(_environment.Home, ".hcloud", "config.json");

    /// <param name="profilePath">Reads this file and looks nowhere else.</param>
    /// <exception cref="ArgumentException">Nothing was found; the message lists what was looked for.</exception>
    public FoundCredential Find(string? profilePath)
    {
        if (profilePath is not null)
        {
            string text = ReadFile(profilePath) ?? throw new ArgumentException($"There is no profile file at '{SafeText.Quote(profilePath)}'.");
            bool isJson = text.TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('{');
            return (isJson ? FromKooCli(text, profilePath) : FromSdkProfile(text, profilePath)) ?? throw new ArgumentException(
                $"The profile file '{SafeText.Quote(profilePath)}' holds no credentials: an [basic] section with ak and sk was expected, or a KooCLI configuration.");
        }

        return FromSdkVariables()
            ?? FromToolVariables("HW", "USER_NAME", "USER_PASSWORD")
            ?? FromToolVariables("OS", "USERNAME", "PASSWORD")
            ?? FromSdkProfile(ReadFile(SdkProfilePath), SdkProfilePath)
            ?? FromKooCli(ReadFile(KooCliPath), KooCliPath)
            ?? throw new CseOptionsException(
                CseOptionsProblem.CredentialsMissing,
                "No credentials were found. Looked for, in this order: HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK; "
                + "HW_AUTH_TOKEN, HW_ACCESS_KEY and HW_SECRET_KEY, or HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME; "
                + $"the same with OS_ (OS_USERNAME, OS_PASSWORD); {SafeText.CleanLine(SdkProfilePath)}; {SafeText.CleanLine(KooCliPath)}.");
    }

    private string? ReadFile(string path)
    {
        try
        {
            return _environment.ReadFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ArgumentException($"The profile file '{SafeText.Quote(path)}' cannot be read: {SafeText.Quote(e.Message)}");
        }
    }

    private FoundCredential? FromSdkVariables() => FromSdk(
        "Environment (HUAWEICLOUD_SDK_AK)",
        name => _environment.Get("HUAWEICLOUD_SDK_" + name),
        (set, missing) => $"HUAWEICLOUD_SDK_{set} is set, but HUAWEICLOUD_SDK_{missing} is not: a key needs both.");

    /// <summary>An INI file with sections by kind of credential: <c>[basic]</c> is the one for regional services.</summary>
    private FoundCredential? FromSdkProfile(string? text, string path)
    {
        var basic = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        bool inside = false;
        foreach (string line in (text ?? string.Empty).Split('\n').Select(raw => raw.Trim().TrimStart('\ufeff')))
        {
            if (line.StartsWith('['))
                inside = line.Equals("[basic]", StringComparison.OrdinalIgnoreCase);
            else if (inside && line.Length > 0 && line[0] is not ('#' or ';') && line.IndexOf('=') is > 0 and var equals && line[(equals + 1)..].Trim() is { Length: > 0 } value)
                basic[line[..equals].Trim()] = value;
        }

        return FromSdk(
            $"Profile ({SafeText.CleanLine(path)})",
            name => basic.GetValueOrDefault(name),
            (set, missing) => $"The profile file '{SafeText.Quote(path)}' has {set.ToLowerInvariant()} but no {missing.ToLowerInvariant()} in [basic]: a key needs both.");
    }

    /// <summary>The SDKs give their variables and what stands in their profile file the same names.</summary>
    private FoundCredential? FromSdk(string source, Func<string, string?> get, Func<string, string, string> describeHalf)
    {
        string? accessKey = get("AK");
        string? secretKey = get("SK");
        if (accessKey is null && secretKey is null)
            return null;

        if (accessKey is null || secretKey is null)
            throw new ArgumentException(accessKey is null ? describeHalf("SK", "AK") : describeHalf("AK", "SK"));

        return new FoundCredential(source, Merge(projectId: get("PROJECT_ID"), iamEndpoint: get("IAM_ENDPOINT")))
        {
            Key = new AccessKey(accessKey, new Secret(secretKey), Secret.OrNull(get("SECURITY_TOKEN"))),
        };
    }

    /// <summary>The variables of the Terraform provider (<c>HW_</c>) and of OpenStack tools (<c>OS_</c>): token, then access key, then password.</summary>
    private FoundCredential? FromToolVariables(string prefix, string userName, string password)
    {
        string? get(string name) => _environment.Get($"{prefix}_{name}");
        string? main = new[] { "AUTH_TOKEN", "ACCESS_KEY", userName }.FirstOrDefault(name => get(name) is not null);
        if (main is null)
            return null;

        string need(string name) => get(name) ?? throw new ArgumentException($"{prefix}_{main} is set, but {prefix}_{name} is not: it needs both.");
        SignInOptions merged = Merge(null, get("PROJECT_ID"), get("PROJECT_NAME"), get("ENTERPRISE_PROJECT_ID"), get("AUTH_URL"), get("CLOUD"));
        return new FoundCredential($"Environment ({prefix}_{main})", merged)
        {
            Token = main == "AUTH_TOKEN" ? new Secret(need(main)) : null,
            Key = main == "ACCESS_KEY" ? new AccessKey(need(main), new Secret(need("SECRET_KEY")), Secret.OrNull(get("SECURITY_TOKEN"))) : null,
            Login = main == userName ? new PasswordLogin(need(main), new Secret(need(password)), get("DOMAIN_NAME") ?? get("USER_DOMAIN_NAME") ?? need("DOMAIN_NAME")) : null,
        };
    }

    /// <summary>KooCLI's configuration. It encrypts its secrets unless told otherwise; then only KooCLI itself can use them.</summary>
    private FoundCredential? FromKooCli(string? text, string path)
    {
        if (text is null)
            return null;

        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\ufeff'));
            string? wanted = _environment.Get("HW_PROFILE") ?? document.RootElement.Text("current");
            JsonElement profile = document.RootElement.TryGetProperty("profiles", out JsonElement profiles) && profiles.ValueKind == JsonValueKind.Array
                ? profiles.EnumerateArray().FirstOrDefault(item => wanted is null || item.Text("name") == wanted)
                : default;
            if (profile.Text("accessKeyId") is not { } accessKey)
                return null;

            string secretKey = PlainKooCliSecret(profile.Text("secretAccessKey"), path);
            return new FoundCredential($"KooCLI ({SafeText.CleanLine(path)})", Merge(profile.Text("region"), profile.Text("projectId")))
            {
                Key = new AccessKey(accessKey, new Secret(secretKey), Secret.OrNull(profile.Text("securityToken"))),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"The KooCLI configuration '{SafeText.Quote(path)}' cannot be read: it is not the JSON that was expected.");
        }
    }

    // A plain secret key is 40 letters and digits. What KooCLI encrypts is longer, or holds the signs of base64.
    private static string PlainKooCliSecret(string? secretKey, string path) =>
        secretKey is null ? throw new ArgumentException($"The KooCLI configuration '{SafeText.Quote(path)}' has an accessKeyId but no secretAccessKey.")
        : secretKey.Length is >= 30 and <= 48 && secretKey.All(char.IsAsciiLetterOrDigit) ? secretKey
        : throw new ArgumentException(
            $"The secrets in the KooCLI configuration '{SafeText.Quote(path)}' are encrypted, so only KooCLI can use them. Either run "
            + "'hcloud configure set --cli-auth-encrypt=false' and configure the key again, or pass the credentials in another way.");

    /// <summary>What the caller set goes before what was found. A project that belongs to another region than the caller's is left out.</summary>
    private SignInOptions Merge(
        string? region = null, string? projectId = null, string? projectName = null, string? enterpriseProjectId = null, string? iamEndpoint = null, string? cloud = null)
    {
        string? found = region ?? _environment.Region;
        region = options.Region ?? found;
        bool sameRegion = found is null || found.Equals(region, StringComparison.OrdinalIgnoreCase);
        projectId = options.ProjectId ?? (sameRegion && options.ProjectName is null ? projectId : null);
        iamEndpoint ??= _environment.Get("HUAWEICLOUD_SDK_IAM_ENDPOINT");

        // HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4 for example. Several addresses, for fail-over, are separated by commas: the first is the main one.
        string? endpoint = region is null ? null : _environment.Get($"HUAWEICLOUD_SDK_REGION_CSE_{region.Replace('-', '_').ToUpperInvariant()}")?.Split(',')[0].Trim();
        bool inCloud = region is not null && cloud is not null;
        return options with
        {
            Region = region,
            Endpoint = options.Endpoint ?? Address(endpoint) ?? (inCloud ? ServiceEndpoints.Cse(region!, cloud) : null),
            IamEndpoint = options.IamEndpoint ?? Address(iamEndpoint) ?? (inCloud ? ServiceEndpoints.Iam(region!, cloud!) : null),
            ProjectId = projectId,

            // Files that set variables for several tools often hold both: the id is the exact one.
            ProjectName = options.ProjectName ?? (sameRegion && projectId is null ? projectName : null),
            EnterpriseProjectId = options.EnterpriseProjectId ?? enterpriseProjectId,
        };
    }

    /// <summary>A bare host gets https://, and a version at the end of an IAM address is dropped.</summary>
    private static Uri? Address(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        string address = text.TrimEnd('/');
        return EndpointRules.FromText(address.EndsWith("/v3", StringComparison.Ordinal) ? address[..^3] : address)
            ?? throw new ArgumentException("An address that was found in the environment or profile cannot be read. Example: https://iam.cn-north-4.myhuaweicloud.com");
    }
}

/// <summary>Where credentials are looked up: environment variables, files, the home directory. Tests bring their own.</summary>
internal sealed class CredentialEnvironment
{
    public static CredentialEnvironment OfProcess { get; } = new()
    {
        Variable = Environment.GetEnvironmentVariable,
        ReadFile = path => File.Exists(path) ? File.ReadAllText(path) : null,
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
    };

    public required Func<string, string?> Variable { get; init; }

    /// <summary>Text of a file; null when there is none.</summary>
    public required Func<string, string?> ReadFile { get; init; }

    public required string Home { get; init; }

    /// <summary>A region is no secret: it is taken from either family whatever the credential's source.</summary>
    public string? Region => Get("HW_REGION_NAME") ?? Get("OS_REGION_NAME");

    /// <summary>A variable that is set to something; an empty one counts as not set.</summary>
    public string? Get(string name) => Variable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
