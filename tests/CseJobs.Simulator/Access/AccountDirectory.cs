using System.Text;

namespace CseJobs.Simulator.Access;

/// <summary>The accounts, by what callers know of them.</summary>
internal sealed class AccountDirectory
{
    private readonly Dictionary<string, SigningKey> _keys;

    /// <exception cref="ArgumentException">Two accounts have the same access key.</exception>
    public AccountDirectory(SimulatorOptions options)
    {
        All = [.. options.Accounts];
        _keys = All.ToDictionary(
            account => account.AccessKey,
            account => new SigningKey(account.AccessKey, account.SecretKey, account.SecurityToken, account, DateTimeOffset.MaxValue),
            StringComparer.Ordinal);
    }

    public IReadOnlyList<SimulatedAccount> All { get; }

    /// <summary>By the user's name and account, or by the user's id and none.</summary>
    public SimulatedAccount? FindUser(string? domainName, string userName, string password) => All.FirstOrDefault(account =>
        (domainName is null ? Id(account.Identity) == userName : account.DomainName == domainName && account.UserName == userName)
        && account.Password == password);

    /// <summary>The account that has an agency of this name, by its own name or its id.</summary>
    public SimulatedAccount? FindDelegating(string? domainName, string? domainId, string agencyName) => All.FirstOrDefault(account =>
        (domainId is null ? account.DomainName == domainName : Id(account.DomainName) == domainId)
        && account.Agencies.Any(agency => agency.Name == agencyName));

    /// <summary>Looks like an id, and is the same on every run.</summary>
    public static string Id(string name) => CanonicalRequest.Hash(Encoding.UTF8.GetBytes(name))[..32];

    public SigningKey? FindKey(string accessKey) => _keys.GetValueOrDefault(accessKey);

    /// <summary>The account a project belongs to; one of nobody if there is none, for the static token of simulators without accounts.</summary>
    public SimulatedAccount OwnerOf(string projectId) =>
        All.FirstOrDefault(account => account.Projects.Any(project => project.Id == projectId))
        ?? new SimulatedAccount("nobody", "nobody", "", "", "", null, [new SimulatedProject(projectId, "cn-north-4")]);
}
