namespace CseJobs.Client.Auth;

/// <summary>Where to sign in and for which project. What is left out is derived, looked up or found in the environment.</summary>
public sealed record SignInOptions : CseTransportOptions
{
    /// <summary>Region; gives the endpoints, and the name of the project when none is named.</summary>
    public string? Region { get; init; }

    /// <summary>Base address of the CSE API; by default that of the region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Base address of IAM; by default that of the region or of the endpoint's cloud.</summary>
    public Uri? IamEndpoint { get; init; }

    /// <summary>Project id, 1 to 64 characters.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Project name; by default the region's own project, which has the region's name.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Enterprise project id; null lets the server take its default, 0.</summary>
    public string? EnterpriseProjectId { get; init; }

    /// <summary>Agency to act as, of another account, which trusts the one that signs in; null acts as who signs in.</summary>
    public string? AgencyName { get; init; }

    /// <summary>Name of the account that the agency belongs to (API field <c>domain_name</c>).</summary>
    public string? AgencyDomainName { get; init; }

    /// <summary>Id of that account, which goes before its name (API field <c>domain_id</c>).</summary>
    public string? AgencyDomainId { get; init; }

    /// <summary>Profile to take the credentials from, where they are looked up: that of KooCLI's configuration, or the section of an INI file; null for the usual one.</summary>
    public string? ProfileName { get; init; }

    /// <summary>Environment, files and home directory to look credentials up in; those of the process by default.</summary>
    internal CredentialEnvironment Environment { get; init; } = CredentialEnvironment.OfProcess;
}

/// <summary>What one source holds, whole: a token, an access key or a password; else the agency of an ECS is meant.</summary>
/// <param name="Source">Name of the source; holds no value of it.</param>
/// <param name="Options">What the caller set, and the settings that stand beside the credential.</param>
internal sealed record FoundCredential(string Source, SignInOptions Options)
{
    public Secret? Token { get; init; }

    public AccessKey? Key { get; init; }

    public PasswordLogin? Login { get; init; }

    /// <summary>Address of the ECS metadata service; null for the usual one.</summary>
    public Uri? MetadataEndpoint { get; init; }

    /// <summary>Wipes the secrets.</summary>
    public void Clear()
    {
        Token?.Clear();
        Key?.Clear();
        Login?.Password.Clear();
    }
}

/// <summary>Where credentials are looked up: environment variables, files, the home directory. Tests bring their own.</summary>
internal sealed class CredentialEnvironment
{
    private const int MaxFileBytes = 1024 * 1024;

    public static CredentialEnvironment OfProcess { get; } = new()
    {
        Variable = Environment.GetEnvironmentVariable,
        ReadFile = ReadText,
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
    };

    public required Func<string, string?> Variable { get; init; }

    /// <summary>Text of a file; null when there is none, empty when it is empty or no regular file.</summary>
    public required Func<string, string?> ReadFile { get; init; }

    public required string Home { get; init; }

    /// <summary>A region is no secret: it is taken from either family whatever the credential's source.</summary>
    public string? Region => Get("HW_REGION_NAME") ?? Get("OS_REGION_NAME");

    /// <summary>A variable that is set to something; an empty one counts as not set.</summary>
    public string? Get(string name) => Variable(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static string? ReadText(string path)
    {
        if (!File.Exists(path))
            return null;

        // Before it is opened: a pipe would block there. Pipes and devices have no length; a link has its own, so what it leads to is asked.
        long length = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length;
        if (length == 0)
            return string.Empty;

        var bytes = new byte[Math.Min(length, MaxFileBytes) + 1];
        using FileStream stream = File.OpenRead(path);
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read > MaxFileBytes)
            throw new IOException("it is larger than 1 MiB.");

        using var reader = new StreamReader(new MemoryStream(bytes, 0, read));
        return reader.ReadToEnd();
    }
}
