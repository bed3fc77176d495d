namespace CseJobs.Client.Auth;

/// <summary>What one source holds, whole: a token, an access key or a password, and the settings beside it.</summary>
internal sealed class FoundCredential
{
    /// <summary>Name of the source; holds no value of it.</summary>
    public required string Source { get; init; }

    public Secret? Token { get; init; }

    public string? AccessKey { get; init; }

    public Secret? SecretKey { get; init; }

    public Secret? SecurityToken { get; init; }

    public string? UserName { get; init; }

    public Secret? Password { get; init; }

    public string? DomainName { get; init; }

    public string? Region { get; init; }

    public string? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public string? EnterpriseProjectId { get; init; }

    public string? IamEndpoint { get; init; }

    /// <summary>Domain of another cloud (<c>HW_CLOUD</c>).</summary>
    public string? Cloud { get; init; }

    /// <summary>Address of the CSE API in a region, as the SDKs let it be set.</summary>
    public Func<string, string?> EndpointOfRegion { get; init; } = _ => null;

    /// <summary>What the caller set goes before what was found. A project that belongs to another region than the caller's is left out.</summary>
    public SignInOptions MergeInto(SignInOptions options)
    {
        string? region = options.Region ?? Region;
        bool sameRegion = options.Region is null || Region is null || string.Equals(options.Region, Region, StringComparison.OrdinalIgnoreCase);
        string? projectId = options.ProjectId ?? (sameRegion && options.ProjectName is null ? ProjectId : null);
        return new SignInOptions(options)
        {
            Region = region,
            Endpoint = options.Endpoint ?? EndpointFor(region),
            IamEndpoint = options.IamEndpoint ?? Address(IamEndpoint) ?? (Cloud is not null && region is not null ? ServiceEndpoints.Iam(region, Cloud) : null),
            ProjectId = projectId,

            // Files that set variables for several tools often hold both: the id is the exact one.
            ProjectName = options.ProjectName ?? (sameRegion && projectId is null ? ProjectName : null),
            EnterpriseProjectId = options.EnterpriseProjectId ?? EnterpriseProjectId,
        };
    }

    /// <summary>Wipes the secrets.</summary>
    public void Clear()
    {
        Token?.Clear();
        SecretKey?.Clear();
        SecurityToken?.Clear();
        Password?.Clear();
    }

    private Uri? EndpointFor(string? region)
    {
        if (region is null)
            return null;

        // Several addresses, for fail-over, are separated by commas: the first is the main one.
        return Address(EndpointOfRegion(region)?.Split(',')[0].Trim()) ?? (Cloud is null ? null : ServiceEndpoints.Cse(region, Cloud));
    }

    /// <summary>A bare host gets https://, and a version at the end of an IAM address is dropped.</summary>
    private static Uri? Address(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        string address = text!.TrimEnd('/');
        address = address.EndsWith("/v3", StringComparison.Ordinal) ? address.Substring(0, address.Length - 3) : address;
        return EndpointRules.FromText(address)
            ?? throw new ArgumentException("An address that was found in the environment or profile cannot be read. Example: https://iam.cn-north-4.myhuaweicloud.com");
    }
}
