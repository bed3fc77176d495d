using System.Text.Json;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Proofs and ids that come from a server are looked at as closely as typed ones, before they go into a request or a message.</summary>
public sealed class ReceivedSecretTests : SignInTestBase
{
    private const string Expiry = "2036-01-01T00:00:00Z";

    [Theory]
    [InlineData("planted\r\nX-Injected: 1", "AKAKAKAK", "SKSKSKSK", "STSTSTST", "token", 1)]
    [InlineData("", "AKAKAKAK", "SKSKSKSK", "STSTSTST", "token", 1)]
    [InlineData("good", "planted\r\nX-Injected: 1", "SKSKSKSK", "STSTSTST", "keys", 2)]
    [InlineData("good", "plantedé", "SKSKSKSK", "STSTSTST", "keys", 2)]
    [InlineData("good", "AKAKAKAK", " ", "STSTSTST", "keys", 2)]
    [InlineData("good", "AKAKAKAK", "SKSKSKSK", "planted\nX-Injected: 1", "keys", 2)]
    public async Task Of_the_metadata_service(string token, string access, string secret, string securityToken, string what, int requests)
    {
        await using ScriptedApi metadata = await ScriptedApi.StartAsync(number => number == 1
            ? token
            : JsonSerializer.Serialize(new { credential = new { access, secret, securitytoken = securityToken, expires_at = Expiry } }));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithEcsAgencyAsync(Options("p"), metadata.Address));

        AssertMalformed(error, what);
        Assert.Equal(requests, metadata.Targets.Count);
    }

    [Fact]
    public async Task A_token_of_iam()
    {
        await using ScriptedApi iam = await IamAsync("plan ted", "p");

        AssertMalformed(await PasswordFailureAsync(iam), "X-Subject-Token");
    }

    [Fact]
    public async Task The_keys_of_an_agency()
    {
        await using ScriptedApi iam = await ScriptedApi.StartAsync((_, _) => (201, JsonSerializer.Serialize(
            new { credential = new { access = "planted\u202e", secret = "SKSKSKSK", securitytoken = "STSTSTST", expires_at = Expiry } })));
        SignInOptions options = At(iam) with { AgencyName = "a", AgencyDomainName = "d" };

        AssertMalformed(await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithAccessKeyAsync(options, "AKAKAKAK", Secure("SKSKSKSK"))), "keys");
    }

    [Theory]
    [InlineData("planted\u202eevil")]
    [InlineData("planted\u001b[31m")]
    [InlineData("planted/../x")]
    public async Task A_project_id_of_iam(string id)
    {
        await using ScriptedApi tokens = await IamAsync("token", id);
        await using ScriptedApi projects = await ScriptedApi.StartAsync((_, _) => (200, JsonSerializer.Serialize(new { projects = new[] { new { id }, new { id = id + "2" } } })));

        AssertMalformed(await PasswordFailureAsync(tokens), "project");
        AssertMalformed(await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithAccessKeyAsync(At(projects), "AKAKAKAK", Secure("SKSKSKSK"))), "project");
    }

    [Theory]
    [InlineData("http://169.254.attacker.invalid")]
    [InlineData("http://169.254.169.254.attacker.invalid")]
    [InlineData("http://169.253.0.1")]
    public async Task A_name_that_begins_like_a_link_local_address_is_no_metadata_service(string address) =>
        await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithEcsAgencyAsync(Options("p"), new Uri(address)));

    [Fact]
    public void Link_local_addresses_are_told_by_their_bytes()
    {
        Assert.Equal("http://169.254.169.254", EndpointRules.CheckMetadata(new Uri("http://169.254.169.254")));
        Assert.Equal("http://169.254.1.2:80", EndpointRules.CheckMetadata(new Uri("http://169.254.258:80")) + ":80");
    }

    [Fact]
    public void A_typed_id_that_turns_the_direction_of_a_line_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SignIn.WithToken(Options("p\u202eevil"), Secure("t0ken-t0ken")));

        Assert.DoesNotContain("\u202e", error.Message, StringComparison.Ordinal);
    }

    private static void AssertMalformed(CseApiException error, string what)
    {
        Assert.Equal(CseErrorReason.MalformedResponse, error.Reason);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("plan ted", error.ToString(), StringComparison.Ordinal);
    }

    private static Task<ScriptedApi> IamAsync(string token, string project) => ScriptedApi.StartAsync((_, response) =>
    {
        response.Headers["X-Subject-Token"] = token;
        return (201, JsonSerializer.Serialize(new { token = new { expires_at = Expiry, project = new { id = project } } }));
    });

    private static SignInOptions At(ScriptedApi iam) => new() { Region = Region, Endpoint = iam.Address, IamEndpoint = iam.Address, MaximumRetryCount = 0 };

    private static Task<CseApiException> PasswordFailureAsync(ScriptedApi iam) =>
        Assert.ThrowsAsync<CseApiException>(() => SignIn.WithPasswordAsync(At(iam), "u", Secure("password-x"), "d"));
}
