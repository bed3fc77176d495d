using System.Net;
using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Tokens that become old again and again in one session.</summary>
public sealed class RenewalTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task A_renewed_token_that_met_refusals_only_is_renewed_again_when_it_is_old()
    {
        SimulatedAccount account = fixture.Simulator.Accounts[0];
        var options = new SignInOptions { Region = "cn-north-4", Endpoint = fixture.Simulator.BaseAddress, IamEndpoint = fixture.Simulator.BaseAddress };
        SignInResult result = await SignIn.WithPasswordAsync(
            options, account.UserName, new NetworkCredential(string.Empty, account.Password).SecurePassword, account.DomainName);
        using CseClient client = result.Client;
        fixture.Simulator.ExpireTokens();

        CseApiException refusal = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("no-such-engine", 1));
        fixture.Simulator.ExpireTokens();
        EngineJob job = await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal((CseErrorReason.EngineNotFound, 12339L, 3), (refusal.Reason, job.Id, fixture.Simulator.TokensIssued));
    }
}
