namespace CseJobs.Client.Auth;

/// <summary>
/// Finds credentials where the ecosystem's tools keep them. The first source that holds any is taken as a whole: never a key
/// from one and its secret from another. A source that holds half a credential is an error, not a reason to go on.
/// </summary>
/// <remarks>
/// 1. <c>HUAWEICLOUD_SDK_AK</c> and its kin (official SDKs); 2. <c>HW_…</c> (Terraform): token, access key, password;
/// 3. <c>OS_…</c> (OpenStack tools): the same; 4. a file that a variable names; 5. the SDKs' profile file; 6. KooCLI's
/// configuration, if its secrets are not encrypted.
/// </remarks>
/// <param name="options">What the caller set; it goes before what is found.</param>
internal sealed class CredentialLookup(SignInOptions options)
{
    private readonly CredentialEnvironment _environment = options.Environment;

    /// <param name="profilePath">Reads this file and looks nowhere else.</param>
    /// <exception cref="ArgumentException">Nothing was found; the message lists what was looked for.</exception>
    public FoundCredential Find(string? profilePath)
    {
        if (options.ProfileName is not null)
            return FromProfile(profilePath, options.ProfileName);

        if (profilePath is not null)
            return FromNamedFile(profilePath, null);

        (string sdkPath, string cliPath) = (SdkPath, CliPath);
        FoundCredential found = FromSdkVariables()
            ?? FromToolVariables("HW", "USER_NAME", "USER_PASSWORD")
            ?? FromToolVariables("OS", "USERNAME", "PASSWORD")
            ?? FromFileOf("HUAWEICLOUD_SDK_CREDENTIALS_FILE")
            ?? FromFileOf("HW_SHARED_CONFIG_FILE")
            ?? (_environment.Get("HW_PROFILE") is null ? null : FromNamedFile(cliPath, "HW_PROFILE"))
            ?? FromSdkProfile(ReadFile(sdkPath), sdkPath)
            ?? FromKooCli(ReadFile(cliPath), cliPath)
            ?? throw new CseOptionsException(
                CseOptionsProblem.CredentialsMissing,
                "No credentials were found. Looked for, in this order: HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK; "
                + "HW_AUTH_TOKEN, HW_ACCESS_KEY and HW_SECRET_KEY, or HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME; "
                + $"the same with OS_ (OS_USERNAME, OS_PASSWORD); {SafeText.CleanLine(sdkPath)}; {SafeText.CleanLine(cliPath)}.");

        // For whatever was found: without it the session would act as another account than the one that is meant.
        const string AgencyName = "HW_ASSUME_ROLE_AGENCY_NAME";
        const string DomainName = "HW_ASSUME_ROLE_DOMAIN_NAME";
        return found with { Options = WithAgency(found.Options, _environment.Get(AgencyName), _environment.Get(DomainName), null, AgencyName, DomainName) };
    }

    private string SdkPath => Path.Combine(_environment.Home, ".huaweicloud", "credentials");

    private string CliPath => Path.Combine(_environment.Home, ".hcloud", "config.json");

    /// <summary>Names of the profiles in a file, or in all that would be looked at. No file, or one that cannot be read, has none.</summary>
    public IReadOnlyList<string> ProfileNames(string? profilePath)
    {
        var names = new List<string>();
        foreach ((string path, _) in ProfileFiles(profilePath))
        {
            try
            {
                names.AddRange(NamesIn(ReadFile(path) ?? string.Empty, path));
            }
            catch (ArgumentException)
            {
                // Whoever takes a profile from it is told.
            }
        }

        return names.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>The profile of a name: the environment's variables are not asked for credentials, because a profile is meant.</summary>
    private FoundCredential FromProfile(string? profilePath, string name)
    {
        var known = new List<string>();
        foreach ((string path, string? variable) in ProfileFiles(profilePath))
        {
            string text = path == SdkPath || path == CliPath ? ReadFile(path) ?? string.Empty : ReadNamedFile(path, See(variable));
            List<string> names = NamesIn(text, path);
            known.AddRange(names);

            // KooCLI tells names apart by case; people do not.
            if ((names.Find(one => one == name) ?? names.Find(one => one.Equals(name, StringComparison.OrdinalIgnoreCase))) is { } found)
            {
                return (IsJson(text) ? FromKooCli(text, path, found) : FromSdkProfile(text, path, found)) ?? throw new ArgumentException(
                    $"The profile '{SafeText.Quote(found)}' of the profile file '{SafeText.Quote(path)}' holds no access key.");
            }
        }

        string there = known.Count == 0 ? $"none in {string.Join(" or ", ProfileFiles(profilePath).Select(file => $"'{SafeText.Quote(file.Path)}'"))}"
            : ListOf(known);
        throw new ArgumentException($"There is no profile '{SafeText.Quote(name)}'. The profiles that exist: {there}.");
    }

    /// <summary>The files that profiles may be in, with the variable that names one.</summary>
    private List<(string Path, string? Variable)> ProfileFiles(string? profilePath)
    {
        if (profilePath is not null)
            return [(AtHome(profilePath), null)];

        var files = new List<(string, string?)>();
        foreach (string variable in new[] { "HUAWEICLOUD_SDK_CREDENTIALS_FILE", "HW_SHARED_CONFIG_FILE" })
        {
            if (_environment.Get(variable) is { } path)
                files.Add((AtHome(path), variable));
        }

        return [.. files, (SdkPath, null), (CliPath, null)];
    }

    private static List<string> NamesIn(string text, string path) => text.Length == 0 ? []
        : IsJson(text) ? KooCliProfiles(text, path, (_, profiles) => profiles.Select(profile => profile.Text("name")).OfType<string>().ToList())
        : text.Split('\n').Select(SectionOf).OfType<string>().ToList();

    /// <summary>The section that a line of an INI file begins; null for any other line.</summary>
    private static string? SectionOf(string line) => line.Trim().TrimStart('\ufeff') is ['[', ..] head && head.LastIndexOf(']') is > 0 and var end ? head[1..end].Trim() : null;

    private static string ListOf(IEnumerable<string> names) => string.Join(", ", names.Distinct(StringComparer.OrdinalIgnoreCase).Select(SafeText.Quote));

    private static bool IsJson(string text) => text.TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('{');

    private static string See(string? variable) => variable is null ? string.Empty : $" (see {variable})";

    /// <summary>The profile that was named, in the name of a source.</summary>
    private static string Of(string? profile) => profile is null ? string.Empty : $", {SafeText.CleanLine(profile)}";

    private string AtHome(string path) => path.AsSpan() is ['~'] or ['~', '/' or '\\', ..] ? _environment.Home + path[1..] : path;

    private FoundCredential? FromFileOf(string variable) => _environment.Get(variable) is { } path ? FromNamedFile(path, variable) : null;

    /// <summary>A file that somebody named: that it is not there, or holds nothing, is an error.</summary>
    private FoundCredential FromNamedFile(string path, string? variable)
    {
        path = AtHome(path);
        string text = ReadNamedFile(path, See(variable));
        return (IsJson(text) ? FromKooCli(text, path) : FromSdkProfile(text, path)) ?? throw new ArgumentException(
            $"The profile file '{SafeText.Quote(path)}' holds no credentials{See(variable)}: an [basic] section with ak and sk was expected, or a KooCLI configuration.");
    }

    private string ReadNamedFile(string path, string see)
    {
        string text = ReadFile(path) ?? throw new ArgumentException($"There is no profile file at '{SafeText.Quote(path)}'{see}.");
        return text.Length > 0 ? text : throw new ArgumentException($"The profile file '{SafeText.Quote(path)}' is empty, or not a regular file{see}.");
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
        (set, missing) => $"HUAWEICLOUD_SDK_{set} is set, but HUAWEICLOUD_SDK_{missing} is not, or is blank: a key needs both.");

    /// <summary>
    /// An INI file with sections by kind of credential: <c>[basic]</c> is the one for regional services. Read as the SDKs' parser
    /// reads it (Python's configparser), which keeps quotes as a part of the value and refuses a key that comes twice. A profile of another
    /// name is a section of that name.
    /// </summary>
    private FoundCredential? FromSdkProfile(string? text, string path, string section = "basic")
    {
        string place = $"[{SafeText.Quote(section)}]";
        string refused(string why) => $"The profile file '{SafeText.Quote(path)}' {why}";
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        bool inside = false;
        foreach (string line in (text ?? string.Empty).Split('\n').Select(raw => raw.Trim().TrimStart('\ufeff')))
        {
            if (line.StartsWith('['))
            {
                inside = section.Equals(SectionOf(line), StringComparison.OrdinalIgnoreCase);
                continue;
            }

            if (!inside || line.Length == 0 || line[0] is '#' or ';' || line.IndexOfAny(['=', ':']) is not (> 0 and var at) || line[(at + 1)..].Trim() is not { Length: > 0 } value)
                continue;

            string name = line[..at].Trim().ToLowerInvariant();
            if (AccessKey.IsQuoted(value))
                throw new ArgumentException(refused($"has quotes around {SafeText.Quote(name)} in {place}. They would be part of the value: leave them out."));

            if (!values.TryAdd(name, value))
                throw new ArgumentException(refused($"has {SafeText.Quote(name)} twice in {place}."));
        }

        return FromSdk(
            $"Profile ({SafeText.CleanLine(path)}{Of(options.ProfileName is null ? null : section)})",
            name => values.GetValueOrDefault(name),
            (set, missing) => refused($"has {set.ToLowerInvariant()} but no {missing.ToLowerInvariant()} in {place}: a key needs both."));
    }

    /// <summary>The SDKs give their variables and what stands in their profile file the same names.</summary>
    private FoundCredential? FromSdk(string source, Func<string, string?> get, Func<string, string, string> describeHalf)
    {
        // The SDKs take it before a key.
        if ((get("IDP_ID") ?? get("ID_TOKEN_FILE")) is not null)
        {
            throw new ArgumentException(
                $"{source} names an identity provider (IDP_ID, ID_TOKEN_FILE), which is not supported here. Use an access key, a password, a token or an agency instead.");
        }

        string? accessKey = get("AK");
        string? secretKey = get("SK");
        if ((accessKey ?? secretKey ?? get("SECURITY_TOKEN")) is null)
            return null;

        if (accessKey is null || secretKey is null)
            throw new ArgumentException(accessKey is null ? describeHalf(secretKey is null ? "SECURITY_TOKEN" : "SK", "AK") : describeHalf("AK", "SK"));

        return new FoundCredential(source, Merge(projectId: get("PROJECT_ID"), iamEndpoint: get("IAM_ENDPOINT")))
        {
            Key = new AccessKey(accessKey, new Secret(secretKey), Secret.OrNull(get("SECURITY_TOKEN"))),
        };
    }

    /// <summary>The variables of the Terraform provider (<c>HW_</c>) and of OpenStack tools (<c>OS_</c>): token, then access key, then password.</summary>
    private FoundCredential? FromToolVariables(string prefix, string userName, string password)
    {
        // The first that is set, were it the lesser half, decides what is meant.
        string? get(string name) => _environment.Get($"{prefix}_{name}");
        string? main = new[] { "AUTH_TOKEN", "ACCESS_KEY", "SECRET_KEY", "SECURITY_TOKEN", "USER_ID", userName, password }.FirstOrDefault(name => get(name) is not null);
        if (main is null)
            return null;

        string need(string name) => get(name) ?? throw new ArgumentException($"{prefix}_{main} is set, but {prefix}_{name} is not, or is blank: it needs both.");
        SignInOptions merged = Merge(null, get("PROJECT_ID"), get("PROJECT_NAME"), get("ENTERPRISE_PROJECT_ID"), get("AUTH_URL"), get("CLOUD"));
        var found = new FoundCredential($"Environment ({prefix}_{main})", merged);
        return main switch
        {
            "AUTH_TOKEN" => found with { Token = new Secret(need(main)) },
            "ACCESS_KEY" or "SECRET_KEY" or "SECURITY_TOKEN" => found with
            {
                Key = new AccessKey(need("ACCESS_KEY"), new Secret(need("SECRET_KEY")), Secret.OrNull(get("SECURITY_TOKEN"))),
            },
            "USER_ID" => found with { Login = new PasswordLogin(null, new Secret(need(password)), null, need(main)) },
            _ => found with { Login = new PasswordLogin(need(userName), new Secret(need(password)), get("DOMAIN_NAME") ?? get("USER_DOMAIN_NAME") ?? need("DOMAIN_NAME")) },
        };
    }

    /// <summary>Adds the agency that a source names, unless the caller names another. Half of one is an error.</summary>
    private SignInOptions WithAgency(SignInOptions merged, string? name, string? domainName, string? domainId, string nameOfName, string nameOfDomain)
    {
        if (options.AgencyName is not null || (name ?? domainName ?? domainId) is null)
            return merged;

        if (name is null || (domainName ?? domainId) is null)
            throw new ArgumentException($"{(name is null ? nameOfDomain : nameOfName)} is set, but {(name is null ? nameOfName : nameOfDomain)} is not, or is blank: an agency needs both.");

        return merged with { AgencyName = name, AgencyDomainName = domainName, AgencyDomainId = domainId };
    }

    /// <summary>KooCLI's configuration. It encrypts its secrets unless told otherwise; then only KooCLI itself can use them.</summary>
    private FoundCredential? FromKooCli(string? text, string path, string? name = null) => text is null ? null
        : KooCliProfiles(text, path, (current, profiles) =>
        {
            string? wanted = name ?? _environment.Get("HW_PROFILE") ?? current;
            JsonElement profile = profiles.FirstOrDefault(item => wanted is null || item.Text("name") == wanted);
            if (wanted is not null && profile.ValueKind == JsonValueKind.Undefined)
                throw new ArgumentException($"The KooCLI configuration '{SafeText.Quote(path)}' has no profile '{SafeText.Quote(wanted)}'. The profiles that exist: {ListOf(profiles.Select(one => one.Text("name")).OfType<string>())}.");

            if ((profile.Text("accessKeyId") ?? profile.Text("secretAccessKey")) is null)
                return null;

            string accessKey = profile.Text("accessKeyId")
                ?? throw new ArgumentException($"The KooCLI configuration '{SafeText.Quote(path)}' has a secretAccessKey but no accessKeyId.");
            string secretKey = PlainKooCliSecret(profile.Text("secretAccessKey"), path);
            SignInOptions merged = WithAgency(
                Merge(profile.Text("region"), profile.Text("projectId")),
                profile.Text("agencyName"), profile.Text("agencyDomainName"), profile.Text("agencyDomainId"), "agencyName", "agencyDomainName");
            return new FoundCredential($"KooCLI ({SafeText.CleanLine(path)}{Of(name)})", merged)
            {
                Key = new AccessKey(accessKey, new Secret(secretKey), Secret.OrNull(profile.Text("securityToken"))),
            };
        });

    /// <summary>Reads the profiles of KooCLI's configuration, and the name of the current one.</summary>
    private static T KooCliProfiles<T>(string text, string path, Func<string?, IEnumerable<JsonElement>, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\ufeff'));
            JsonElement profiles = document.RootElement.Field("profiles");
            return read(document.RootElement.Text("current"), profiles.ValueKind == JsonValueKind.Array ? profiles.EnumerateArray() : []);
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
