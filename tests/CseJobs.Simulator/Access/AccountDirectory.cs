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

    public SimulatedAccount? FindUser(string domainName, string userName, string password) => All.FirstOrDefault(account =>
        account.DomainName == domainName && account.UserName == userName && account.Password == password);

    public SigningKey? FindKey(string accessKey) => _keys.GetValueOrDefault(accessKey);

    /// <summary>The account a project belongs to; one of nobody if there is none, for the static token of simulators without accounts.</summary>
    public SimulatedAccount OwnerOf(string projectId) =>
        All.FirstOrDefault(account => account.Projects.Any(project => project.Id == projectId))
        ?? new SimulatedAccount("nobody", "nobody", "", "", "", null, [new SimulatedProject(projectId, "cn-north-4")]);
}
