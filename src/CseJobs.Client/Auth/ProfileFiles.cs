using System.Text.RegularExpressions;

namespace CseJobs.Client.Auth;

/// <summary>KooCLI's configuration. It encrypts its secrets unless told otherwise; then only KooCLI itself can use them.</summary>
internal static class KooCliConfig
{
    // A plain secret key is 40 letters and digits. What KooCLI encrypts is longer, or holds the signs of base64.
    private static readonly Regex PlainSecret = new("^[A-Za-z0-9]{30,48}$", RegexOptions.CultureInvariant);

    public static string DefaultPath(CredentialEnvironment environment) =>
        environment.Get("HW_SHARED_CONFIG_FILE") ?? Path.Combine(environment.Home, ".hcloud", "config.json");

    public static FoundCredential? Read(string text, string path, CredentialEnvironment environment)
    {
        JsonElement profile;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\ufeff'));
            string? wanted = environment.Get("HW_PROFILE") ?? Text(document.RootElement, "current");
            JsonElement profiles = document.RootElement.TryGetProperty("profiles", out JsonElement list) ? list : default;
            profile = profiles.ValueKind == JsonValueKind.Array
                ? profiles.EnumerateArray().FirstOrDefault(item => wanted is null || string.Equals(Text(item, "name"), wanted, StringComparison.Ordinal))
                : default;
            profile = profile.ValueKind == JsonValueKind.Undefined ? profile : profile.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"The KooCLI configuration '{SafeText.Quote(path)}' cannot be read: it is not the JSON that was expected.");
        }

        if (profile.ValueKind != JsonValueKind.Object || Text(profile, "accessKeyId") is not { } accessKey)
            return null;

        string secretKey = Text(profile, "secretAccessKey") ?? throw new ArgumentException($"The KooCLI configuration '{SafeText.Quote(path)}' has an accessKeyId but no secretAccessKey.");
        if (!PlainSecret.IsMatch(secretKey))
        {
            throw new ArgumentException(
                $"The secrets in the KooCLI configuration '{SafeText.Quote(path)}' are encrypted, so only KooCLI can use them. Either run 'hcloud configure set --cli-auth-encrypt=false' and configure the key again, or pass the credentials in another way.");
        }

        return new FoundCredential
        {
            Source = $"KooCLI ({SafeText.CleanLine(path)})",
            AccessKey = accessKey,
            SecretKey = new Secret(secretKey),
            SecurityToken = Text(profile, "securityToken") is { } token ? new Secret(token) : null,
            Region = Text(profile, "region") ?? ToolVariables.Region(environment),
            ProjectId = Text(profile, "projectId"),
            IamEndpoint = SdkVariables.IamEndpoint(environment),
            EndpointOfRegion = region => SdkVariables.EndpointOfRegion(environment, region),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

/// <summary>The profile file of the official SDKs: INI with sections by kind of credential. <c>[basic]</c> is the one for regional services.</summary>
internal static class SdkProfile
{
    private const string Section = "[basic]";

    public static string DefaultPath(CredentialEnvironment environment) =>
        environment.Get("HUAWEICLOUD_SDK_CREDENTIALS_FILE") ?? Path.Combine(environment.Home, ".huaweicloud", "credentials");

    public static FoundCredential? Read(string text, string path, CredentialEnvironment environment)
    {
        Dictionary<string, string> basic = ReadSection(text);
        basic.TryGetValue("ak", out string? accessKey);
        basic.TryGetValue("sk", out string? secretKey);
        if (accessKey is null && secretKey is null)
            return null;

        if (accessKey is null || secretKey is null)
            throw new ArgumentException($"The profile file '{SafeText.Quote(path)}' has {(accessKey is null ? "sk but no ak" : "ak but no sk")} in {Section}: a key needs both.");

        return new FoundCredential
        {
            Source = $"Profile ({SafeText.CleanLine(path)})",
            AccessKey = accessKey,
            SecretKey = new Secret(secretKey),
            SecurityToken = Value(basic, "security_token") is { } token ? new Secret(token) : null,
            Region = ToolVariables.Region(environment),
            ProjectId = Value(basic, "project_id"),
            IamEndpoint = Value(basic, "iam_endpoint") ?? SdkVariables.IamEndpoint(environment),
            EndpointOfRegion = region => SdkVariables.EndpointOfRegion(environment, region),
        };
    }

    private static string? Value(Dictionary<string, string> section, string key) => section.TryGetValue(key, out string? value) ? value : null;

    private static Dictionary<string, string> ReadSection(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        bool inside = false;
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.Trim().TrimStart('\ufeff');
            if (line.StartsWith('['))
            {
                inside = line.Equals(Section, StringComparison.OrdinalIgnoreCase);
            }
            else if (inside && line.Length > 0 && line[0] is not ('#' or ';') && line.IndexOf('=') is > 0 and var equals)
            {
                string value = line.Substring(equals + 1).Trim();
                if (value.Length > 0)
                    values[line.Substring(0, equals).Trim()] = value;
            }
        }

        return values;
    }
}
