namespace CseJobs.Simulator;

/// <summary>An account with one IAM user and one access key.</summary>
/// <param name="DomainName">The account's name, <c>user.domain.name</c> of the token call.</param>
/// <param name="UserName">The IAM user's name.</param>
/// <param name="Password">The IAM user's password.</param>
/// <param name="AccessKey">The access key (AK); unique among all accounts.</param>
/// <param name="SecretKey">The secret key (SK).</param>
/// <param name="SecurityToken">What every signed call must carry as X-Security-Token; null for permanent keys, which must not.</param>
/// <param name="Projects">The projects it may use. Two may have the same name, to test how a client copes.</param>
public sealed record SimulatedAccount(
    string DomainName,
    string UserName,
    string Password,
    string AccessKey,
    string SecretKey,
    string? SecurityToken,
    IReadOnlyList<SimulatedProject> Projects)
{
    /// <summary>Its agencies, through which other accounts may act for it.</summary>
    public IReadOnlyList<SimulatedAgency> Agencies { get; init; } = [];

    /// <summary>How <see cref="RecordedRequest.Identity"/> names a caller with a token of this user, such as account-a/user-a.</summary>
    public string Identity => $"{DomainName}/{UserName}";

    /// <summary>The two accounts that exist unless the options say otherwise. The second has an agency for the first.</summary>
    internal static IReadOnlyList<SimulatedAccount> Defaults(string projectId) =>
    [
        new(
            "account-a",
            "user-a",
            "password-a-1f9c",
            "AKACCOUNTA0000000001",
            "SKACCOUNTA00000000000000000000000000001A",
            null,
            [new SimulatedProject(projectId, "cn-north-4")]),
        new(
            "account-b",
            "user-b",
            "password-b-7e3d",
            "AKACCOUNTB0000000002",
            "SKACCOUNTB00000000000000000000000000002B",
            null,
            [
                new SimulatedProject("fedcba9876543210fedcba9876543210", "cn-north-4"),
                new SimulatedProject(string.Concat(Enumerable.Repeat('1', 32)), "cn-south-1"),
                new SimulatedProject(string.Concat(Enumerable.Repeat('2', 32)), "cn-south-1"),
            ])
        {
            Agencies = [new SimulatedAgency("agency-b", "account-a")],
        },
    ];
}
