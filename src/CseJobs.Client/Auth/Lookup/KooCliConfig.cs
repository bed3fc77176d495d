using System.Text.Json;
using System.Text.RegularExpressions;
using CseJobs.Client.Text;

namespace CseJobs.Client.Auth.Lookup;

/// <summary>KooCLI's configuration. It encrypts its secrets unless told otherwise; then only KooCLI itself can use them.</summary>
internal static class KooCliConfig
{
    // A plain secret key is 40 letters and digits. What KooCLI encrypts is longer, or holds the signs of base64.
    private static readonly Regex PlainSecret = new("^[A-Za-z0-9]{30,48}$", RegexOptions.CultureInvariant);

    public static string DefaultPath(Surroundings surroundings) =>
        surroundings.Get("HW_SHARED_CONFIG_FILE") ?? Path.Combine(surroundings.Home, ".hcloud", "config.json");

    public static FoundCredential? Read(string text, string path, Surroundings surroundings)
    {
        JsonElement profile;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\ufeff'));
            string? wanted = surroundings.Get("HW_PROFILE") ?? Text(document.RootElement, "current");
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
        {
            return null;
        }

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
            Region = Text(profile, "region") ?? ToolVariables.Region(surroundings),
            ProjectId = Text(profile, "projectId"),
            IamEndpoint = SdkVariables.IamEndpoint(surroundings),
            EndpointOfRegion = region => SdkVariables.EndpointOfRegion(surroundings, region),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
