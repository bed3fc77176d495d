using System.Security;
using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>A simulator of IAM, signature check and metadata service, written apart from the client, and the ways in.</summary>
public abstract class SignInTestBase : IAsyncLifetime
{
    protected const string Region = "cn-north-4";

    protected SimulatorOptions Setup { get; } = new();

    protected CseSimulator Server { get; private set; } = null!;

    protected SimulatedAccount A => Server.Accounts[0];

    protected SimulatedAccount B => Server.Accounts[1];

    public async Task InitializeAsync() => Server = await CseSimulator.StartAsync(Setup);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    protected static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }

    protected SignInOptions Options(string? projectId = null, TimeProvider? clock = null) => new()
    {
        Region = Region,
        Endpoint = Server.BaseAddress,
        IamEndpoint = Server.BaseAddress,
        ProjectId = projectId,
        TimeProvider = clock ?? TimeProvider.System,
    };

    protected Task<SignInResult> PasswordAsync(SimulatedAccount account) =>
        SignIn.WithPasswordAsync(Options(), account.UserName, Secure(account.Password), account.DomainName);

    protected Task<SignInResult> KeyAsync(SimulatedAccount account, string? projectId = null) =>
        SignIn.WithAccessKeyAsync(Options(projectId), account.AccessKey, Secure(account.SecretKey));
}
