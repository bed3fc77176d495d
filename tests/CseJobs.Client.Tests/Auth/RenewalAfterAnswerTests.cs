using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>A token that a server took is worth renewing when it is called old; one that was never seen to work is not.</summary>
public sealed class RenewalAfterAnswerTests : SignInTestBase
{
    private const string Old = """{"error_code":"APIGW.0307","error_msg":"The token must be updated"}""";
    private const string Job = """{"id":1,"status":"Finished","type":"Create"}""";

    [Theory]
    [InlineData(200, Job)]
    [InlineData(400, """{"error_code":"SVCSTG.00501116"}""")]
    [InlineData(403, """{"error_code":"APIGW.0302"}""")]
    [InlineData(404, """{"error_code":"APIGW.0101"}""")]
    public async Task After_an_answer_that_took_the_token_an_old_one_is_renewed(int status, string body)
    {
        await using ScriptedApi api = await StartAsync(status, body);
        using CseClient client = await ConnectAsync(api);
        CseApiException? first = await Record.ExceptionAsync(() => client.GetJobAsync("e", 1)) as CseApiException;
        Assert.Equal(status, first?.StatusCode ?? 200);

        Assert.Equal(1, (await client.GetJobAsync("e", 1)).Id);

        Assert.Equal(3, Server.TokensIssued);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task After_a_failure_that_says_nothing_of_the_token_it_is_not(int status)
    {
        await using ScriptedApi api = await StartAsync(status, "{}");
        using CseClient client = await ConnectAsync(api);
        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal((CseErrorReason.AuthenticationFailed, 2), (error.Reason, Server.TokensIssued));
    }

    // Two calls whose token is old; what the renewed token of the first one meets is the script.
    private static Task<ScriptedApi> StartAsync(int status, string body) =>
        ScriptedApi.StartAsync((number, _) => number switch { 1 or 3 => (401, Old), 2 => (status, body), _ => (200, Job) });

    private async Task<CseClient> ConnectAsync(ScriptedApi api)
    {
        var options = new Client.Auth.SignInOptions { Region = Region, Endpoint = api.Address, IamEndpoint = Server.BaseAddress, MaximumRetryCount = 0 };
        return (await Client.Auth.SignIn.WithPasswordAsync(options, A.UserName, Secure(A.Password), A.DomainName)).Client;
    }
}
