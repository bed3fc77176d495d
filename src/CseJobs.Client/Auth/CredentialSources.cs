namespace CseJobs.Client.Auth;

/// <summary>
/// Finds credentials where the ecosystem's tools keep them. The first source that holds any is taken as a whole: never a key
/// from one and its secret from another. A source that holds half a credential is an error, not a reason to go on.
/// </summary>
/// <remarks>
/// 1. <c>HUAWEICLOUD_SDK_AK</c> and its kin (official SDKs); 2. <c>HW_…</c> (Terraform): token, access key, password;
/// 3. <c>OS_…</c> (OpenStack tools): the same; 4. the SDKs' profile file; 5. KooCLI's configuration, if its secrets are not encrypted.
/// </remarks>
internal sealed class CredentialLookup
{
    private readonly CredentialEnvironment _environment;

    public CredentialLookup(CredentialEnvironment environment) => _environment = environment;

    /// <param name="profilePath">Reads this file and looks nowhere else.</param>
    /// <exception cref="ArgumentException">Nothing was found; the message lists what was looked for.</exception>
    public FoundCredential Find(string? profilePath)
    {
        if (profilePath is not null)
        {
            string text = ReadFile(profilePath) ?? throw new ArgumentException($"There is no profile file at '{SafeText.Quote(profilePath)}'.");
            return text.TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('{')
                ? KooCliConfig.Read(text, profilePath, _environment) ?? throw NothingIn(profilePath)
                : SdkProfile.Read(text, profilePath, _environment) ?? throw NothingIn(profilePath);
        }

        return SdkVariables.Read(_environment)
            ?? ToolVariables.Read("HW", _environment)
            ?? ToolVariables.Read("OS", _environment)
            ?? FromFile(SdkProfile.DefaultPath(_environment), SdkProfile.Read)
            ?? FromFile(KooCliConfig.DefaultPath(_environment), KooCliConfig.Read)
            ?? throw Nothing();
    }

    private FoundCredential? FromFile(string path, Func<string, string, CredentialEnvironment, FoundCredential?> read) =>
        ReadFile(path) is { } text ? read(text, path, _environment) : null;

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

    private static ArgumentException NothingIn(string path) =>
        new($"The profile file '{SafeText.Quote(path)}' holds no credentials: an [basic] section with ak and sk was expected, or a KooCLI configuration.");

    private CseOptionsException Nothing()
    {
        var places = new List<string>
        {
            "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
            "HW_AUTH_TOKEN, HW_ACCESS_KEY and HW_SECRET_KEY, or HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME",
            "the same with OS_ (OS_USERNAME, OS_PASSWORD)",
            SafeText.CleanLine(SdkProfile.DefaultPath(_environment)),
            SafeText.CleanLine(KooCliConfig.DefaultPath(_environment)),
        };
        return new CseOptionsException(
            CseOptionsProblem.CredentialsMissing, $"No credentials were found. Looked for, in this order: {string.Join("; ", places)}.");
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

    /// <summary>A variable that is set to something; an empty one counts as not set.</summary>
    public string? Get(string name) => Variable(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;
}

/// <summary>The variables of the official SDKs.</summary>
internal static class SdkVariables
{
    private const string Prefix = "HUAWEICLOUD_SDK_";

    public static FoundCredential? Read(CredentialEnvironment environment)
    {
        string? accessKey = environment.Get(Prefix + "AK");
        string? secretKey = environment.Get(Prefix + "SK");
        if (accessKey is null && secretKey is null)
            return null;

        if (accessKey is null || secretKey is null)
            throw new ArgumentException($"{Prefix}{(accessKey is null ? "SK" : "AK")} is set, but {Prefix}{(accessKey is null ? "AK" : "SK")} is not: a key needs both.");

        return new FoundCredential
        {
            Source = "Environment (HUAWEICLOUD_SDK_AK)",
            AccessKey = accessKey,
            SecretKey = new Secret(secretKey),
            SecurityToken = Secret(environment.Get(Prefix + "SECURITY_TOKEN")),
            Region = ToolVariables.Region(environment),
            ProjectId = environment.Get(Prefix + "PROJECT_ID"),
            IamEndpoint = IamEndpoint(environment),
            EndpointOfRegion = region => EndpointOfRegion(environment, region),
        };
    }

    public static string? IamEndpoint(CredentialEnvironment environment) => environment.Get(Prefix + "IAM_ENDPOINT");

    /// <summary>For example <c>HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4</c>.</summary>
    public static string? EndpointOfRegion(CredentialEnvironment environment, string region) =>
        environment.Get($"{Prefix}REGION_CSE_{region.Replace('-', '_').ToUpperInvariant()}");

    private static Secret? Secret(string? value) => value is null ? null : new Secret(value);
}

/// <summary>The variables of the Terraform provider (<c>HW_</c>) and of OpenStack tools (<c>OS_</c>): token, then access key, then password.</summary>
internal static class ToolVariables
{
    public static FoundCredential? Read(string prefix, CredentialEnvironment environment)
    {
        string? Get(string name) => environment.Get($"{prefix}_{name}");
        string userVariable = prefix == "OS" ? "USERNAME" : "USER_NAME";
        string passwordVariable = prefix == "OS" ? "PASSWORD" : "USER_PASSWORD";

        FoundCredential Found(string main) => new()
        {
            Source = $"Environment ({prefix}_{main})",
            Token = main == "AUTH_TOKEN" ? new Secret(Get(main)!) : null,
            AccessKey = main == "ACCESS_KEY" ? Get(main) : null,
            SecretKey = main == "ACCESS_KEY" ? new Secret(Need("ACCESS_KEY", "SECRET_KEY")) : null,
            SecurityToken = main == "ACCESS_KEY" && Get("SECURITY_TOKEN") is { } token ? new Secret(token) : null,
            UserName = main == userVariable ? Get(main) : null,
            Password = main == userVariable ? new Secret(Need(userVariable, passwordVariable)) : null,
            DomainName = main == userVariable ? Get("DOMAIN_NAME") ?? Get("USER_DOMAIN_NAME") ?? Need(userVariable, "DOMAIN_NAME") : null,
            Region = Region(environment),
            ProjectId = Get("PROJECT_ID"),
            ProjectName = Get("PROJECT_NAME"),
            EnterpriseProjectId = Get("ENTERPRISE_PROJECT_ID"),
            IamEndpoint = Get("AUTH_URL") ?? SdkVariables.IamEndpoint(environment),
            Cloud = Get("CLOUD"),
            EndpointOfRegion = region => SdkVariables.EndpointOfRegion(environment, region),
        };

        string Need(string main, string other) => Get(other)
            ?? throw new ArgumentException($"{prefix}_{main} is set, but {prefix}_{other} is not: it needs both.");

        if (Get("AUTH_TOKEN") is not null)
            return Found("AUTH_TOKEN");

        if (Get("ACCESS_KEY") is not null)
            return Found("ACCESS_KEY");

        return Get(userVariable) is not null ? Found(userVariable) : null;
    }

    /// <summary>A region is no secret: it is taken from either family whatever the credential's source.</summary>
    public static string? Region(CredentialEnvironment environment) =>
        environment.Get("HW_REGION_NAME") ?? environment.Get("OS_REGION_NAME");
}
