namespace CseJobs.Client.Auth;

/// <summary>What IAM is asked for: a token of a user for one project.</summary>
internal sealed class PasswordLogin
{
    public required string UserName { get; init; }

    public required Secret Password { get; init; }

    /// <summary>Account name (API field <c>user.domain.name</c>).</summary>
    public required string DomainName { get; init; }

    /// <summary>Project of the scope by id; else <see cref="ProjectName"/> is used.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Project of the scope by name; the region's own project has the region's name.</summary>
    public string? ProjectName { get; init; }
}
