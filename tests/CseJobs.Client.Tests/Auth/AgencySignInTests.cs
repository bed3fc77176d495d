using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>As an agency of another account: the simulator's account B has one that account A may assume.</summary>
public sealed class AgencySignInTests : SignInTestBase
{
    private const string Agency = "agency-b";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_calls_are_made_in_the_project_of_the_account_that_has_the_agency(bool byKey)
    {
        SignInResult result = await ConnectAsync(byKey);
        using CseClient client = result.Client;

        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal(("Agency", B.Projects[0].Id), (result.Credential.IdentityKind, client.Options.ProjectId));
        Assert.StartsWith(byKey ? "ak:HSTSIM" : "account-b/agency-b", Server.Requests[^1].Identity, StringComparison.Ordinal);
        Assert.Equal(byKey, result.Credential.MaskedKeyId is not null);
        Assert.NotNull(result.Credential.ExpiresAt);
        Assert.Equal(0, Server.FailedSignatures);
    }

    [Theory]
    [InlineData(true, "1, 1")]
    [InlineData(false, "0, 2")]
    public async Task A_given_project_costs_no_look_up(bool byKey, string keysAndTokens)
    {
        using CseClient client = (await ConnectAsync(byKey, Options(B.Projects[0].Id))).Client;

        Assert.Equal(B.Projects[0].Id, client.Options.ProjectId);
        Assert.DoesNotContain(Server.Requests, request => request.Path.EndsWith("/projects", StringComparison.Ordinal));
        Assert.Equal(keysAndTokens, byKey ? $"{Server.AgencyKeysIssued}, {Server.Requests.Count}" : $"{Server.AgencyKeysIssued}, {Server.TokensIssued}");
    }

    [Fact]
    public async Task A_token_is_for_a_project_of_the_delegating_account_by_its_name()
    {
        await Assert.ThrowsAsync<CseApiException>(() => ConnectAsync(byKey: false, Options() with { ProjectName = "cn-south-1" }));

        Assert.Equal("account-a/user-a", Server.Requests[^1].Identity);
        Assert.Contains("\"name\":\"cn-south-1\"", Server.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"cn-north-4\"", Server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_can_be_named_by_its_id()
    {
        // As the simulator makes ids of names.
        string id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("account-b"u8))[..32];
        SignInOptions options = Options() with { AgencyName = Agency, AgencyDomainName = "passed over", AgencyDomainId = id };

        using CseClient client = (await SignIn.WithAccessKeyAsync(options, A.AccessKey, Secure(A.SecretKey))).Client;

        Assert.Equal(B.Projects[0].Id, client.Options.ProjectId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_proofs_are_renewed_before_they_expire(bool byKey)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        Setup.TimeProvider = clock;
        using CseClient client = (await ConnectAsync(byKey, Options(B.Projects[0].Id, clock))).Client;

        clock.Advance(byKey ? TimeSpan.FromMinutes(55) : TimeSpan.FromHours(24) - TimeSpan.FromMinutes(9));
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal((byKey ? 2 : 0, byKey ? 0 : 4, 0), (Server.AgencyKeysIssued, Server.TokensIssued, Server.FailedSignatures));
        Assert.DoesNotContain(Server.Requests, request => request.StatusCode == 401);
    }

    [Fact]
    public async Task A_token_that_is_called_old_is_renewed_and_so_is_that_of_the_user()
    {
        using CseClient client = (await ConnectAsync(byKey: false)).Client;
        Server.ExpireTokens();

        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal(4, Server.TokensIssued);
        Assert.Equal("account-b/agency-b", Server.Requests[^1].Identity);
    }

    [Theory]
    [InlineData(true, "no-agency", "account-b", 404)]
    [InlineData(false, "no-agency", "account-b", 404)]
    [InlineData(true, "agency-b", "account-a", 404)]
    [InlineData(false, "agency-b", "no-account", 404)]
    public async Task An_agency_that_is_not_there_is_named_and_nothing_else_is_done_instead(bool byKey, string agency, string account, int status)
    {
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => ConnectAsync(byKey, agency: agency, account: account));

        Assert.Equal((CseErrorReason.RequestRejected, status), (error.Reason, error.StatusCode));
        Assert.Contains($"'{agency}'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Requests, request => request.Path.Contains("/engines", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agency_that_trusts_somebody_else_is_refused(bool byKey)
    {
        SignInOptions options = Options() with { AgencyName = Agency, AgencyDomainName = B.DomainName };

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => byKey
            ? SignIn.WithAccessKeyAsync(options, B.AccessKey, Secure(B.SecretKey))
            : SignIn.WithPasswordAsync(options, B.UserName, Secure(B.Password), B.DomainName));

        Assert.Equal((CseErrorReason.PermissionDenied, 403), (error.Reason, error.StatusCode));
        Assert.Contains("does not let this user act as it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_of_who_is_to_act_is_tried_once()
    {
        SignInOptions options = Options() with { AgencyName = Agency, AgencyDomainName = B.DomainName };

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithAccessKeyAsync(options, A.AccessKey, Secure("wrong-secret-3c2b")));

        Assert.Equal((CseErrorReason.AuthenticationFailed, 1), (error.Reason, Server.FailedSignatures));
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("agency", null)]
    [InlineData(null, "account")]
    [InlineData("agency", " ")]
    public async Task Half_of_its_name_is_refused_before_sending(string? agency, string? account)
    {
        SignInOptions options = Options() with { AgencyName = agency, AgencyDomainName = account };

        await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithAccessKeyAsync(options, A.AccessKey, Secure(A.SecretKey)));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task What_cannot_assume_one_is_refused_before_sending()
    {
        SignInOptions options = Options("p") with { AgencyName = Agency, AgencyDomainName = B.DomainName };
        SignInOptions noRegion = options with { Region = null };

        ArgumentException token = Assert.Throws<ArgumentException>(() => SignIn.WithToken(options, Secure("t0ken-t0ken")));
        CseOptionsException region = await Assert.ThrowsAsync<CseOptionsException>(() => SignIn.WithPasswordAsync(noRegion, A.UserName, Secure(A.Password), A.DomainName));

        Assert.Contains("ready token", token.Message, StringComparison.Ordinal);
        Assert.Equal(CseOptionsProblem.RegionMissing, region.Problem);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task The_environments_agency_is_assumed_not_dropped()
    {
        var variables = new Dictionary<string, string>
        {
            ["HW_ACCESS_KEY"] = A.AccessKey, ["HW_SECRET_KEY"] = A.SecretKey, ["HW_REGION_NAME"] = Region, ["HW_AUTH_URL"] = Server.BaseAddress + "v3",
            ["HW_ASSUME_ROLE_AGENCY_NAME"] = Agency, ["HW_ASSUME_ROLE_DOMAIN_NAME"] = B.DomainName,
        };
        var options = new SignInOptions
        {
            Endpoint = Server.BaseAddress,
            Environment = new CredentialEnvironment { Variable = name => variables.GetValueOrDefault(name), ReadFile = _ => null, Home = "/" },
        };

        SignInResult result = await SignIn.FromEnvironmentAsync(options);
        using CseClient client = result.Client;

        Assert.Equal(("Agency", "Environment (HW_ACCESS_KEY)", B.Projects[0].Id), (result.Credential.IdentityKind, result.Source, client.Options.ProjectId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_echoes_every_header_gets_no_secret_of_either_identity_printed(bool byKey)
    {
        SignInResult result = await ConnectAsync(byKey);
        using CseClient client = result.Client;

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("sim-echoall", 1));

        string all = error + error.ServerMessage + error.Detail + error.Code + error.RequestId;
        Assert.DoesNotContain("SIM", all, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{64}", all);
    }

    [Fact]
    public async Task The_secrets_of_who_acts_are_hidden_and_wiped_with_the_session()
    {
        var secretKey = new Secret(A.SecretKey);
        SignInOptions options = Options() with { AgencyName = Agency, AgencyDomainName = B.DomainName };
        SignInResult result = await SignIn.SignInAsync(new FoundCredential("test", options) { Key = new AccessKey(A.AccessKey, secretKey, null) }, null, default);

        Assert.Equal("key [hidden]", result.Credential.Redact("key " + A.SecretKey));

        result.Client.Dispose();
        Assert.Throws<ObjectDisposedException>(secretKey.Reveal);
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => result.Client.GetJobAsync(CseSimulator.SeedEngineId, 12339));
        Assert.Equal(CseErrorReason.SessionClosed, error.Reason);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        SignInOptions options = Options() with { AgencyName = Agency, AgencyDomainName = B.DomainName };

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithPasswordAsync(options, A.UserName, Secure("wrong-pass-3c2b"), A.DomainName));

        Assert.Contains("user name, password or account name", error.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task An_iam_that_refuses_the_users_token_in_its_own_words_gets_a_new_one()
    {
        const string Refusal = """{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}""";
        string[] tokens = new string[8];
        await using ScriptedApi api = await ScriptedApi.StartAsync((number, response) =>
        {
            tokens[number] = response.HttpContext.Request.Headers["X-Auth-Token"].ToString();
            response.Headers["X-Subject-Token"] = $"token-{number}";
            return number switch
            {
                3 => (401, """{"error_code":"APIGW.0307"}"""),
                4 => (401, Refusal),
                _ => (201, """{"token":{"expires_at":"2036-01-01T00:00:00Z","project":{"id":"p"}}}"""),
            };
        });
        SignInOptions options = new() { Region = Region, Endpoint = api.Address, IamEndpoint = api.Address, MaximumRetryCount = 0, AgencyName = Agency, AgencyDomainName = "d" };
        using CseClient client = (await SignIn.WithPasswordAsync(options, "u", Secure("password-x"), "d")).Client;

        // 1 the user's token, 2 the agency's; 3 a call, 4 refused, 5 and 6 both again, then the call, for which there is no script.
        await Record.ExceptionAsync(() => client.GetJobAsync("e", 1));

        Assert.Equal(["", "token-1", "token-2", "token-1", "", "token-5"], tokens[1..7]);
    }

    [Fact]
    public async Task A_user_can_sign_in_by_id()
    {
        string id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("account-a/user-a"u8))[..32];
        var found = new FoundCredential("test", Options()) { Login = new PasswordLogin(null, new Secret(A.Password), null, id) };

        using CseClient client = (await SignIn.SignInAsync(found, null, default)).Client;

        Assert.Equal(A.Projects[0].Id, client.Options.ProjectId);
    }

    private Task<SignInResult> ConnectAsync(bool byKey, SignInOptions? options = null, string agency = Agency, string? account = null)
    {
        options = (options ?? Options()) with { AgencyName = agency, AgencyDomainName = account ?? B.DomainName };
        return byKey
            ? SignIn.WithAccessKeyAsync(options, A.AccessKey, Secure(A.SecretKey))
            : SignIn.WithPasswordAsync(options, A.UserName, Secure(A.Password), A.DomainName);
    }
}
