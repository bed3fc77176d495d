using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>By name and password, and what becomes of tokens.</summary>
public sealed class PasswordSignInTests : SignInTestBase
{
    [Fact]
    public async Task A_password_gives_a_token_for_the_project_and_its_expiry()
    {
        using CseClient client = (await PasswordAsync(A)).Client;

        Assert.Equal(A.Projects[0].Id, client.Options.ProjectId);
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
        Assert.Equal("account-a/user-a", Server.Requests[^1].Identity);
        Assert.Equal(1, Server.TokensIssued);
        Assert.Equal("nocatalog=true", Server.Requests[0].RawQuery);
    }

    [Fact]
    public async Task A_password_can_be_scoped_by_project_id_or_name()
    {
        SignInResult byId = await SignIn.WithPasswordAsync(
            new SignInOptions { Endpoint = Server.BaseAddress, IamEndpoint = Server.BaseAddress, ProjectId = B.Projects[0].Id }, B.UserName, Secure(B.Password), B.DomainName);
        SignInResult byName = await SignIn.WithPasswordAsync(
            new SignInOptions { Endpoint = Server.BaseAddress, IamEndpoint = Server.BaseAddress, ProjectName = Region }, B.UserName, Secure(B.Password), B.DomainName);

        Assert.Equal(B.Projects[0].Id, byId.Client.Options.ProjectId);
        Assert.Equal(B.Projects[0].Id, byName.Client.Options.ProjectId);
        Assert.True(byName.Credential.ExpiresAt > DateTimeOffset.UtcNow.AddHours(23));
        byId.Client.Dispose();
        byName.Client.Dispose();
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once()
    {
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(
            () => SignIn.WithPasswordAsync(Options(), A.UserName, Secure("wrong-pass-3c2b"), A.DomainName));

        Assert.Equal(CseErrorReason.AuthenticationFailed, error.Reason);
        Assert.Single(Server.Requests);
        Assert.DoesNotContain("wrong-pass", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_iam_that_echoes_the_password_does_not_get_it_printed()
    {
        Setup.IamEcho = true;

        foreach (string password in new[] { "planted-4d3c2b1a", "pl\"an<ted> & 4d3c'2b1a", "plänted-密码-4d3c" })
        {
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(
                () => SignIn.WithPasswordAsync(Options(), A.UserName, Secure(password), A.DomainName));

            Assert.DoesNotContain("4d3c", error + error.ServerMessage + error.Detail + error.Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_old_token_is_renewed_in_the_middle_of_fifty_pages_without_losing_or_doubling_a_job()
    {
        const string Engine = "sim-jobs1000-expire25-max20-pages0";
        using CseClient client = (await PasswordAsync(A)).Client;
        using Pager<EngineJob> pager = client.ListJobs(Engine);

        List<EngineJob> jobs = await SimulatorFixture.ListAllAsync(pager);

        Assert.Equal(Server.GetEngine(Engine).JobIds, jobs.Select(job => job.Id));
        Assert.Equal(2, Server.TokensIssued);
        // 50 pages, one more to see what offset means is among them, one refused and asked again.
        Assert.Equal(51, Server.Requests.Count(request => request.Path.Contains(Engine, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_callers_with_an_old_token_sign_in_once()
    {
        using CseClient client = (await PasswordAsync(A)).Client;
        Server.ExpireTokens();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339))));

        Assert.Equal(2, Server.TokensIssued);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        SignInResult result = await SignIn.WithPasswordAsync(Options(clock: clock), A.UserName, Secure(A.Password), A.DomainName);
        using CseClient client = result.Client;

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(9));
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal(2, Server.TokensIssued);
        Assert.DoesNotContain(Server.Requests, request => request.StatusCode == 401);
    }

    [Fact]
    public async Task With_a_clock_that_is_a_day_ahead_a_listing_signs_in_once_and_warns_once()
    {
        Setup.DateSkew = TimeSpan.FromHours(-25);
        var observer = new Recorder();
        SignInResult result = await SignIn.WithPasswordAsync(Options(), A.UserName, Secure(A.Password), A.DomainName, observer);
        using CseClient client = result.Client;
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs100-max10", null, observer);

        Assert.Equal(100, (await SimulatorFixture.ListAllAsync(pager)).Count);
        Server.ExpireTokens();
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339, observer);

        Assert.Equal((2, 1), (Server.TokensIssued, observer.Warnings.Count));
    }

    [Fact]
    public async Task While_a_token_holds_an_iam_that_is_down_costs_one_try_and_no_pause()
    {
        var options = new SignInOptions { TimeProvider = new TestClock(), ProjectId = "p" };
        var login = new PasswordLogin("u", new Secret("password-x"), "d");
        using var iam = new IamClient(new Uri("http://127.0.0.1:1"), options, new LoginRedaction(login));
        var early = new Recorder();
        var late = new Recorder();

        await Assert.ThrowsAsync<CseApiException>(() => iam.CreateTokenAsync(login, isEarly: true, early, default));
        await Assert.ThrowsAsync<CseApiException>(() => iam.CreateTokenAsync(login, isEarly: false, late, default));

        Assert.Equal((1, 0, 5, 4), (early.Requests.Count, early.Waits.Count, late.Requests.Count, late.Waits.Count));
    }

    [Fact]
    public async Task An_engine_that_is_not_found_as_401_is_no_reason_to_sign_in_again()
    {
        using CseClient client = (await PasswordAsync(A)).Client;

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("sim-missing401", 1));

        Assert.Equal((CseErrorReason.EngineNotFound, 1), (error.Reason, Server.TokensIssued));
    }

    [Fact]
    public async Task A_ready_token_that_is_old_is_not_renewed()
    {
        string token = (await IssueTokenAsync()).Headers["X-Auth-Token"];
        using CseClient client = SignIn.WithToken(Options(A.Projects[0].Id), Secure(token)).Client;
        Server.ExpireTokens();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339));

        Assert.Equal((CseErrorReason.AuthenticationFailed, "APIGW.0307"), (error.Reason, error.Code));
    }

    private async Task<RecordedRequest> IssueTokenAsync()
    {
        using CseClient client = (await PasswordAsync(A)).Client;
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
        return Server.Requests[^1];
    }
}
