using System.Net;
using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>A region is known by one name, however it is typed.</summary>
public sealed class RegionTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_region_typed_in_capitals_finds_its_project(bool withKey)
    {
        SimulatedAccount account = fixture.Simulator.Accounts[0];
        var options = new SignInOptions { Region = "CN-North-4", Endpoint = fixture.Simulator.BaseAddress, IamEndpoint = fixture.Simulator.BaseAddress };

        SignInResult result = withKey
            ? await SignIn.WithAccessKeyAsync(options, account.AccessKey, new NetworkCredential(string.Empty, account.SecretKey).SecurePassword)
            : await SignIn.WithPasswordAsync(options, account.UserName, new NetworkCredential(string.Empty, account.Password).SecurePassword, account.DomainName);
        using CseClient client = result.Client;

        Assert.Equal(("cn-north-4", account.Projects[0].Id), (result.Region, client.Options.ProjectId));
    }
}
