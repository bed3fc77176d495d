using System.Text.Json;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>What stays of a credential when another one has taken its place, or when only its id is repeated.</summary>
public sealed class LateEchoTests : SignInTestBase
{
    private const string Job = """{"id":1,"status":"Finished","type":"Create"}""";
    private const string Old = """{"error_code":"APIGW.0307","error_msg":"The token must be updated"}""";

    [Fact]
    public async Task An_answer_that_repeats_the_token_before_the_present_one_does_not_get_it_printed()
    {
        string? first = null;
        await using ScriptedApi api = await ScriptedApi.StartAsync((number, response) =>
        {
            first ??= response.HttpContext.Request.Headers["X-Auth-Token"];
            return number == 1 ? (401, Old) : (400, JsonSerializer.Serialize(new { error_msg = $"{first} is no longer valid" }));
        });
        using CseClient client = await ConnectAsync(api);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(2, Server.TokensIssued);
        Assert.Equal("[hidden] is no longer valid", error.ServerMessage);
        Assert.DoesNotContain(first!, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_success_of_the_token_before_says_nothing_of_the_present_one()
    {
        var arrived = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        await using ScriptedApi api = await ScriptedApi.StartAsync((number, _) =>
        {
            if (number > 1)
            {
                return (401, Old);
            }

            arrived.SetResult();
            return release.Wait(TimeSpan.FromSeconds(30)) ? (200, Job) : (500, "{}");
        });
        using CseClient client = await ConnectAsync(api);
        Task<EngineJob> late = client.GetJobAsync("e", 1);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // The token is renewed, and the new one refused at once.
        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));
        release.Set();
        await late;
        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(2, Server.TokensIssued);
    }

    [Fact]
    public async Task A_code_that_asks_for_a_new_token_counts_with_401_only()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (403, Old));
        using CseClient client = await ConnectAsync(api);

        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal((1, 1), (api.Targets.Count, Server.TokensIssued));
    }

    [Theory]
    [InlineData("HPUACCESSKEYID0123456", "HP…56")]
    [InlineData("AKIDOF08", "AK…08")]
    [InlineData("AKIDOF7", "…")]
    public async Task An_access_key_id_is_shown_in_part_in_the_session_and_in_echoes(string id, string masked)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (400, JsonSerializer.Serialize(new { error_msg = $"key {id} is locked" })));
        var options = new SignInOptions { Endpoint = api.Address, ProjectId = "p", MaximumRetryCount = 0 };
        SignInResult result = await SignIn.WithAccessKeyAsync(options, id, Secure("secret-of-the-key"));
        using CseClient client = result.Client;

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(masked, result.Credential.MaskedKeyId);

        // A very short id might be an ordinary word.
        Assert.Equal($"key {(id.Length < 8 ? id : masked)} is locked", error.ServerMessage);
    }

    [Fact]
    public void A_token_has_65536_characters_at_most()
    {
        new TokenCredential(new string('t', 65_536)).Dispose();
        Assert.Throws<ArgumentException>(() => new TokenCredential(new string('t', 65_537)));
    }

    [Theory]
    [InlineData("http://planted:value@169.254.169.254")]
    [InlineData("http://planted@127.0.0.1:1")]
    public async Task An_address_of_the_metadata_service_with_a_user_part_is_refused_without_quoting_it(string address)
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithEcsAgencyAsync(Options(), new Uri(address)));

        Assert.DoesNotContain("planted", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blanks_around_the_values_of_variables_are_not_part_of_them()
    {
        var variables = new Dictionary<string, string>
        {
            ["HW_ACCESS_KEY"] = $" {B.AccessKey}\t", ["HW_SECRET_KEY"] = $"{B.SecretKey}\r\n", ["HW_REGION_NAME"] = $" {Region} ", ["HW_AUTH_URL"] = $" {Server.BaseAddress}v3 ",
        };
        var options = new SignInOptions
        {
            Endpoint = Server.BaseAddress,
            Environment = new CredentialEnvironment { Variable = name => variables.GetValueOrDefault(name), ReadFile = _ => null, Home = "/" },
        };

        using CseClient client = (await SignIn.FromEnvironmentAsync(options)).Client;

        Assert.Equal((B.Projects[0].Id, 0), (client.Options.ProjectId, Server.FailedSignatures));
        Assert.Equal($"name={Region}", Server.Requests[0].RawQuery);
    }

    private async Task<CseClient> ConnectAsync(ScriptedApi api)
    {
        var options = new SignInOptions { Region = Region, Endpoint = api.Address, IamEndpoint = Server.BaseAddress, MaximumRetryCount = 0 };
        return (await SignIn.WithPasswordAsync(options, A.UserName, Secure(A.Password), A.DomainName)).Client;
    }
}
