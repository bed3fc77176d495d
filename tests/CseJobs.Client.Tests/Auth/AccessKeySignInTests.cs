using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>By an access key, permanent or of an ECS agency.</summary>
public sealed class AccessKeySignInTests : SignInTestBase
{
    [Fact]
    public async Task An_access_key_signs_every_call_and_sends_no_token()
    {
        using CseClient client = (await KeyAsync(A)).Client;

        using Pager<EngineJob> pager = client.ListJobs("sim-jobs30-max7", new JobQuery { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UtcNow.AddYears(9) });
        await SimulatorFixture.ListAllAsync(pager);
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("中 文&=+!'()*"[..1] + "~x'(y)", 1));

        Assert.Equal(0, Server.FailedSignatures);
        Assert.All(Server.Requests, request => Assert.Equal("ak:" + A.AccessKey, request.Identity));
        Assert.All(Server.Requests, request => Assert.False(request.Headers.ContainsKey("X-Auth-Token")));
        Assert.Equal($"name={Region}", Server.Requests[0].RawQuery);
        Assert.Equal(A.Projects[0].Id, Server.Requests[^1].Headers["X-Project-Id"]);
    }

    [Fact]
    public async Task With_a_project_id_an_access_key_is_not_looked_up()
    {
        using CseClient client = (await KeyAsync(A, A.Projects[0].Id)).Client;

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_region_with_several_projects_or_none_says_which()
    {
        SignInOptions several = new() { Region = "cn-south-1", Endpoint = Server.BaseAddress, IamEndpoint = Server.BaseAddress };
        SignInOptions none = new() { Region = "xx-none-1", Endpoint = Server.BaseAddress, IamEndpoint = Server.BaseAddress };

        CseApiException both = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithAccessKeyAsync(several, B.AccessKey, Secure(B.SecretKey)));
        CseApiException nothing = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithAccessKeyAsync(none, B.AccessKey, Secure(B.SecretKey)));

        Assert.Equal((CseErrorReason.ProjectNotFound, CseErrorReason.ProjectNotFound), (both.Reason, nothing.Reason));
        Assert.Contains(new string('1', 32), both.Message, StringComparison.Ordinal);
        Assert.Contains(new string('2', 32), both.Message, StringComparison.Ordinal);
        Assert.Contains("xx-none-1", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_signature_is_never_tried_again()
    {
        using CseClient client = (await KeyAsync(A with { SecretKey = "wrong-secret-3c2b" }, A.Projects[0].Id)).Client;

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339));

        Assert.Equal((CseErrorReason.AuthenticationFailed, 1), (error.Reason, Server.FailedSignatures));
        Assert.Single(Server.Requests);
        Assert.Contains("Check the access key, its secret and this machine's clock", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("behind", error.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{64}", error + error.ServerMessage + error.Detail);
    }

    [Theory]
    [InlineData(20, "behind")]
    [InlineData(-20, "ahead of")]
    public async Task A_clock_that_is_wrong_is_measured(int minutes, string direction)
    {
        Setup.DateSkew = TimeSpan.FromMinutes(minutes);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => KeyAsync(A));

        Assert.Matches($@"The clock is 20 minutes {direction} the server's", error.Message);
        Assert.Equal(1, Server.FailedSignatures);
    }

    [Theory]
    [InlineData(MetadataMode.Both, 2)]
    [InlineData(MetadataMode.V2Only, 2)]
    [InlineData(MetadataMode.V1Only, 2)]
    public async Task An_agency_signs_with_keys_of_the_metadata_service(MetadataMode mode, int metadataCalls)
    {
        Setup.MetadataMode = mode;
        SignInResult result = await SignIn.WithEcsAgencyAsync(Options(), Server.BaseAddress);
        using CseClient client = result.Client;

        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal((1, 0), (Server.AgencyKeysIssued, Server.FailedSignatures));
        Assert.Equal(metadataCalls, Server.Requests.Count(request => request.Path.Contains("latest", StringComparison.Ordinal)));
        Assert.True(Server.Requests[^1].Headers.ContainsKey("X-Security-Token"));
        Assert.NotNull(result.Credential.ExpiresAt);
        Assert.Equal(A.Projects[0].Id, client.Options.ProjectId);
    }

    [Fact]
    public async Task An_agencys_keys_are_renewed_before_they_expire()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        Setup.AgencyLifetime = TimeSpan.FromMinutes(14);
        SignInResult result = await SignIn.WithEcsAgencyAsync(Options(clock: clock), Server.BaseAddress);
        using CseClient client = result.Client;

        clock.Advance(TimeSpan.FromMinutes(13));
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal((2, 0), (Server.AgencyKeysIssued, Server.FailedSignatures));
    }

    [Fact]
    public async Task Without_an_agency_or_an_ecs_it_says_so()
    {
        Setup.MetadataMode = MetadataMode.NoAgency;

        CseApiException none = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithEcsAgencyAsync(Options(), Server.BaseAddress));
        CseApiException elsewhere = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithEcsAgencyAsync(Options(), new Uri("http://127.0.0.1:1")));
        await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithEcsAgencyAsync(Options(), new Uri("http://metadata.example.com")));

        Assert.Contains("agency", none.Message, StringComparison.Ordinal);
        Assert.Contains("ECS", elsewhere.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "SK", "access key")]
    [InlineData("A K", "SK", "access key")]
    [InlineData("AK\r\nX: 1", "SK", "access key")]
    [InlineData("AK", " ", "secret key")]
    public async Task Keys_that_cannot_be_are_refused_before_sending(string accessKey, string secretKey, string what)
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithAccessKeyAsync(Options(), accessKey, Secure(secretKey)));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }
}
