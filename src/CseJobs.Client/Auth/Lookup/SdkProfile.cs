using CseJobs.Client.Text;

namespace CseJobs.Client.Auth.Lookup;

/// <summary>The profile file of the official SDKs: INI with sections by kind of credential. <c>[basic]</c> is the one for regional services.</summary>
internal static class SdkProfile
{
    private const string Section = "[basic]";

    public static string DefaultPath(Surroundings surroundings) =>
        surroundings.Get("HUAWEICLOUD_SDK_CREDENTIALS_FILE") ?? Path.Combine(surroundings.Home, ".huaweicloud", "credentials");

    public static FoundCredential? Read(string text, string path, Surroundings surroundings)
    {
        Dictionary<string, string> basic = ReadSection(text);
        basic.TryGetValue("ak", out string? accessKey);
        basic.TryGetValue("sk", out string? secretKey);
        if (accessKey is null && secretKey is null)
        {
            return null;
        }

        if (accessKey is null || secretKey is null)
        {
            throw new ArgumentException($"The profile file '{SafeText.Quote(path)}' has {(accessKey is null ? "sk but no ak" : "ak but no sk")} in {Section}: a key needs both.");
        }

        return new FoundCredential
        {
            Source = $"Profile ({SafeText.CleanLine(path)})",
            AccessKey = accessKey,
            SecretKey = new Secret(secretKey),
            SecurityToken = Value(basic, "security_token") is { } token ? new Secret(token) : null,
            Region = ToolVariables.Region(surroundings),
            ProjectId = Value(basic, "project_id"),
            IamEndpoint = Value(basic, "iam_endpoint") ?? SdkVariables.IamEndpoint(surroundings),
            EndpointOfRegion = region => SdkVariables.EndpointOfRegion(surroundings, region),
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
                {
                    values[line.Substring(0, equals).Trim()] = value;
                }
            }
        }

        return values;
    }
}
