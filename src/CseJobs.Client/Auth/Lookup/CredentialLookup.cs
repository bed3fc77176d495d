using CseJobs.Client.Text;

namespace CseJobs.Client.Auth.Lookup;

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
    private readonly Surroundings _surroundings;

    public CredentialLookup(Surroundings surroundings) => _surroundings = surroundings;

    /// <param name="profilePath">Reads this file and looks nowhere else.</param>
    /// <exception cref="ArgumentException">Nothing was found; the message lists what was looked for.</exception>
    public FoundCredential Find(string? profilePath)
    {
        if (profilePath is not null)
        {
            string text = ReadFile(profilePath) ?? throw new ArgumentException($"There is no profile file at '{SafeText.Quote(profilePath)}'.");
            return text.TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('{')
                ? KooCliConfig.Read(text, profilePath, _surroundings) ?? throw NothingIn(profilePath)
                : SdkProfile.Read(text, profilePath, _surroundings) ?? throw NothingIn(profilePath);
        }

        return SdkVariables.Read(_surroundings)
            ?? ToolVariables.Read("HW", _surroundings)
            ?? ToolVariables.Read("OS", _surroundings)
            ?? FromFile(SdkProfile.DefaultPath(_surroundings), SdkProfile.Read)
            ?? FromFile(KooCliConfig.DefaultPath(_surroundings), KooCliConfig.Read)
            ?? throw Nothing();
    }

    private FoundCredential? FromFile(string path, Func<string, string, Surroundings, FoundCredential?> read) =>
        ReadFile(path) is { } text ? read(text, path, _surroundings) : null;

    private string? ReadFile(string path)
    {
        try
        {
            return _surroundings.ReadFile(path);
        }
        catch (Exception e) when (e is System.IO.IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ArgumentException($"The profile file '{SafeText.Quote(path)}' cannot be read: {SafeText.Quote(e.Message)}");
        }
    }

    private static ArgumentException NothingIn(string path) =>
        new($"The profile file '{SafeText.Quote(path)}' holds no credentials: an [basic] section with ak and sk was expected, or a KooCLI configuration.");

    private ArgumentException Nothing()
    {
        var places = new List<string>
        {
            "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
            "HW_AUTH_TOKEN, HW_ACCESS_KEY and HW_SECRET_KEY, or HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME",
            "the same with OS_ (OS_USERNAME, OS_PASSWORD)",
            SafeText.CleanLine(SdkProfile.DefaultPath(_surroundings)),
            SafeText.CleanLine(KooCliConfig.DefaultPath(_surroundings)),
        };
        return new ArgumentException(
            $"No credentials were found. Looked for, in this order: {string.Join("; ", places)}. Set one of these, or pass -Token, -Credential, -AccessKey or -EcsAgency.");
    }
}
