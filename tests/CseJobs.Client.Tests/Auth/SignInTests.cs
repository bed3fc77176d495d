using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client.Auth;
using CseJobs.Client.Jobs;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Every way in against a simulator of IAM, signature check and metadata service that was written apart from the client.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Region = "cn-north-4";

    private readonly SimulatorOptions _options = new();
    private CseSimulator _simulator = null!;

    private SimulatedAccount A => _simulator.Accounts[0];

    private SimulatedAccount B => _simulator.Accounts[1];

    public async Task InitializeAsync() => _simulator = await CseSimulator.StartAsync(_options);

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    [Fact]
    public async Task A_password_gives_a_token_for_the_project_and_its_expiry()
    {
        using CseClient client = (await PasswordAsync(A)).Client;

        Assert.Equal(A.Projects[0].Id, client.Options.ProjectId);
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
        Assert.Equal("account-a/user-a", _simulator.Requests[^1].Identity);
        Assert.Equal(1, _simulator.TokensIssued);
        Assert.Equal("nocatalog=true", _simulator.Requests[0].RawQuery);
    }

    [Fact]
    public async Task A_password_can_be_scoped_by_project_id_or_name()
    {
        SignedIn byId = await SignIn.WithPasswordAsync(
            new SignInOptions { Endpoint = _simulator.BaseAddress, IamEndpoint = _simulator.BaseAddress, ProjectId = B.Projects[0].Id }, B.UserName, Secure(B.Password), B.DomainName);
        SignedIn byName = await SignIn.WithPasswordAsync(
            new SignInOptions { Endpoint = _simulator.BaseAddress, IamEndpoint = _simulator.BaseAddress, ProjectName = Region }, B.UserName, Secure(B.Password), B.DomainName);

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
        Assert.Single(_simulator.Requests);
        Assert.DoesNotContain("wrong-pass", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_iam_that_echoes_the_password_does_not_get_it_printed()
    {
        _options.IamEcho = true;

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
        using JobPager pager = client.ListJobs(Engine);

        List<EngineJob> jobs = await SimulatorFixture.ListAllAsync(pager);

        Assert.Equal(_simulator.GetEngine(Engine).JobIds, jobs.Select(job => job.Id));
        Assert.Equal(2, _simulator.TokensIssued);
        // 50 pages, one more to see what offset means is among them, one refused and asked again.
        Assert.Equal(51, _simulator.Requests.Count(request => request.Path.Contains(Engine, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_callers_with_an_old_token_sign_in_once()
    {
        using CseClient client = (await PasswordAsync(A)).Client;
        _simulator.ExpireTokens();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339))));

        Assert.Equal(2, _simulator.TokensIssued);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        SignedIn signedIn = await SignIn.WithPasswordAsync(Options(now: () => now), A.UserName, Secure(A.Password), A.DomainName);
        using CseClient client = signedIn.Client;

        now += TimeSpan.FromHours(24) - TimeSpan.FromMinutes(9);
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal(2, _simulator.TokensIssued);
        Assert.DoesNotContain(_simulator.Requests, request => request.StatusCode == 401);
    }

    [Fact]
    public async Task An_engine_that_is_not_found_as_401_is_no_reason_to_sign_in_again()
    {
        using CseClient client = (await PasswordAsync(A)).Client;

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("sim-missing401", 1));

        Assert.Equal((CseErrorReason.EngineNotFound, 1), (error.Reason, _simulator.TokensIssued));
    }

    [Fact]
    public async Task A_ready_token_that_is_old_is_not_renewed()
    {
        string token = (await IssueTokenAsync()).Headers["X-Auth-Token"];
        using CseClient client = SignIn.WithToken(Options(A.Projects[0].Id), Secure(token)).Client;
        _simulator.ExpireTokens();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339));

        Assert.Equal((CseErrorReason.AuthenticationFailed, "APIGW.0307"), (error.Reason, error.Code));
    }

    [Fact]
    public async Task An_access_key_signs_every_call_and_sends_no_token()
    {
        using CseClient client = (await KeyAsync(A)).Client;

        using JobPager pager = client.ListJobs("sim-jobs30-max7", new JobQuery { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UtcNow.AddYears(9) });
        await SimulatorFixture.ListAllAsync(pager);
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("中 文&=+!'()*"[..1] + "~x'(y)", 1));

        Assert.Equal(0, _simulator.FailedSignatures);
        Assert.All(_simulator.Requests, request => Assert.Equal("ak:" + A.AccessKey, request.Identity));
        Assert.All(_simulator.Requests, request => Assert.False(request.Headers.ContainsKey("X-Auth-Token")));
        Assert.Equal($"name={Region}", _simulator.Requests[0].RawQuery);
        Assert.Equal(A.Projects[0].Id, _simulator.Requests[^1].Headers["X-Project-Id"]);
    }

    [Fact]
    public async Task With_a_project_id_an_access_key_is_not_looked_up()
    {
        using CseClient client = (await KeyAsync(A, A.Projects[0].Id)).Client;

        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task A_region_with_several_projects_or_none_says_which()
    {
        SignInOptions several = new() { Region = "cn-south-1", Endpoint = _simulator.BaseAddress, IamEndpoint = _simulator.BaseAddress };
        SignInOptions none = new() { Region = "xx-none-1", Endpoint = _simulator.BaseAddress, IamEndpoint = _simulator.BaseAddress };

        string both = (await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithAccessKeyAsync(several, B.AccessKey, Secure(B.SecretKey)))).Message;
        string nothing = (await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithAccessKeyAsync(none, B.AccessKey, Secure(B.SecretKey)))).Message;

        Assert.Contains(new string('1', 32), both, StringComparison.Ordinal);
        Assert.Contains(new string('2', 32), both, StringComparison.Ordinal);
        Assert.Contains("xx-none-1", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_signature_is_never_tried_again()
    {
        using CseClient client = (await KeyAsync(A with { SecretKey = "wrong-secret-3c2b" }, A.Projects[0].Id)).Client;

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339));

        Assert.Equal((CseErrorReason.AuthenticationFailed, 1), (error.Reason, _simulator.FailedSignatures));
        Assert.Single(_simulator.Requests);
        Assert.Contains("Check the access key, its secret and this machine's clock", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("behind", error.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{64}", error + error.ServerMessage + error.Detail);
    }

    [Theory]
    [InlineData(20, "behind")]
    [InlineData(-20, "ahead of")]
    public async Task A_clock_that_is_wrong_is_measured(int minutes, string direction)
    {
        _options.DateSkew = TimeSpan.FromMinutes(minutes);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => KeyAsync(A));

        Assert.Matches($@"The clock is 20 minutes {direction} the server's", error.Message);
        Assert.Equal(1, _simulator.FailedSignatures);
    }

    [Theory]
    [InlineData(MetadataMode.Both, 2)]
    [InlineData(MetadataMode.V2Only, 2)]
    [InlineData(MetadataMode.V1Only, 2)]
    public async Task An_agency_signs_with_keys_of_the_metadata_service(MetadataMode mode, int metadataCalls)
    {
        _options.MetadataMode = mode;
        SignedIn signedIn = await SignIn.WithEcsAgencyAsync(Options(), _simulator.BaseAddress);
        using CseClient client = signedIn.Client;

        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal((1, 0), (_simulator.AgencyKeysIssued, _simulator.FailedSignatures));
        Assert.Equal(metadataCalls, _simulator.Requests.Count(request => request.Path.Contains("latest", StringComparison.Ordinal)));
        Assert.True(_simulator.Requests[^1].Headers.ContainsKey("X-Security-Token"));
        Assert.NotNull(signedIn.Credential.ExpiresAt);
        Assert.Equal(A.Projects[0].Id, client.Options.ProjectId);
    }

    [Fact]
    public async Task An_agencys_keys_are_renewed_before_they_expire()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _options.AgencyLifetime = TimeSpan.FromMinutes(14);
        SignedIn signedIn = await SignIn.WithEcsAgencyAsync(Options(now: () => now), _simulator.BaseAddress);
        using CseClient client = signedIn.Client;

        now += TimeSpan.FromMinutes(13);
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        Assert.Equal((2, 0), (_simulator.AgencyKeysIssued, _simulator.FailedSignatures));
    }

    [Fact]
    public async Task Without_an_agency_or_an_ecs_it_says_so()
    {
        _options.MetadataMode = MetadataMode.NoAgency;

        CseApiException none = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithEcsAgencyAsync(Options(), _simulator.BaseAddress));
        CseApiException elsewhere = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithEcsAgencyAsync(Options(), new Uri("http://127.0.0.1:1")));
        await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithEcsAgencyAsync(Options(), new Uri("http://metadata.example.com")));

        Assert.Contains("agency", none.Message, StringComparison.Ordinal);
        Assert.Contains("ECS", elsewhere.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_signs_in_and_says_by_which_source()
    {
        var variables = new Dictionary<string, string>
        {
            ["HW_ACCESS_KEY"] = B.AccessKey, ["HW_SECRET_KEY"] = B.SecretKey, ["HW_REGION_NAME"] = Region, ["HW_AUTH_URL"] = _simulator.BaseAddress + "v3",
        };
        var options = new SignInOptions
        {
            Endpoint = _simulator.BaseAddress,
            Surroundings = new Client.Auth.Lookup.Surroundings { Variable = name => variables.GetValueOrDefault(name), ReadFile = _ => null, Home = "/" },
        };

        SignedIn signedIn = await SignIn.FromEnvironmentAsync(options);
        using CseClient client = signedIn.Client;

        Assert.Equal(("Environment (HW_ACCESS_KEY)", "AccessKey", B.Projects[0].Id), (signedIn.Source, signedIn.Credential.IdentityKind, client.Options.ProjectId));
    }

    [Fact]
    public async Task Two_accounts_used_at_once_from_many_threads_keep_apart()
    {
        const int Threads = 16;
        const int Calls = 200;
        SignedIn a = await PasswordAsync(A);
        SignedIn b = await KeyAsync(B);
        _simulator.ClearRequests();

        int failures = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            CseClient client = (thread % 2 == 0 ? a : b).Client;
            for (int i = 0; i < Calls; i++)
            {
                if (i == Calls / 2 && thread == 0)
                {
                    _simulator.ExpireTokens();
                }

                EngineJob job = await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
                if (job.Id != 12339)
                {
                    Interlocked.Increment(ref failures);
                }
            }
        })));

        Assert.Equal(0, failures);
        Assert.Equal(2, _simulator.TokensIssued);
        ILookup<string?, RecordedRequest> byIdentity = _simulator.Requests
            .Where(request => request.StatusCode == 200).ToLookup(request => request.Identity);
        Assert.Equal(Threads / 2 * Calls, byIdentity["account-a/user-a"].Count());
        Assert.Equal(Threads / 2 * Calls, byIdentity["ak:" + B.AccessKey].Count());
        Assert.All(byIdentity["account-a/user-a"], request => Assert.Contains(A.Projects[0].Id, request.Path, StringComparison.Ordinal));
        Assert.All(byIdentity["ak:" + B.AccessKey], request => Assert.Contains(B.Projects[0].Id, request.Path, StringComparison.Ordinal));
        a.Client.Dispose();
        b.Client.Dispose();
    }

    [Fact]
    public async Task A_closed_session_says_so_in_every_way_in()
    {
        foreach (SignedIn signedIn in new[] { await PasswordAsync(A), await KeyAsync(A), SignIn.WithToken(Options(A.Projects[0].Id), Secure("t0ken-t0ken")) })
        {
            signedIn.Client.Dispose();

            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => signedIn.Client.GetJobAsync(CseSimulator.SeedEngineId, 12339));
            Assert.Equal(CseErrorReason.SessionClosed, error.Reason);
        }
    }

    [Fact]
    public async Task A_server_that_echoes_every_header_gets_no_secret_printed()
    {
        SignedIn temporary = await SignIn.WithEcsAgencyAsync(Options(), _simulator.BaseAddress);
        foreach (SignedIn signedIn in new[] { await PasswordAsync(A), await KeyAsync(A), temporary })
        {
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => signedIn.Client.GetJobAsync("sim-echoall", 1));
            string all = error + error.ServerMessage + error.Detail + error.Code + error.RequestId;

            RecordedRequest sent = _simulator.Requests[^1];
            foreach (string header in new[] { "X-Auth-Token", "X-Security-Token" }.Where(sent.Headers.ContainsKey))
            {
                Assert.DoesNotContain(sent.Headers[header][..24], all, StringComparison.Ordinal);
            }

            Assert.DoesNotMatch("[0-9a-f]{64}", all);
            signedIn.Client.Dispose();
        }
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
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task An_iam_that_breaks_the_connection_is_asked_again_and_then_given_up()
    {
        await using StalledListener listener = StalledListener.Start(StalledListenerMode.RefusesAfterAccept);
        var options = new SignInOptions
        {
            Region = Region, Endpoint = _simulator.BaseAddress, IamEndpoint = listener.BaseAddress, Delay = (_, _) => Task.CompletedTask,
        };
        var password = new Recorder();
        var key = new Recorder();

        CseApiException one = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithPasswordAsync(options, "u", Secure("password-x"), "d", password));
        CseApiException other = await Assert.ThrowsAsync<CseApiException>(() => SignIn.WithAccessKeyAsync(options, "AK", Secure("SK"), null, key));

        Assert.Equal((CseErrorReason.ConnectionFailed, 4, 5), (one.Reason, one.Retries, password.Requests.Count));
        Assert.Equal((CseErrorReason.ConnectionFailed, 4, 5), (other.Reason, other.Retries, key.Requests.Count));
    }

    [Fact]
    public async Task Plain_http_to_iam_is_refused_before_sending()
    {
        var options = new SignInOptions { Region = Region, Endpoint = _simulator.BaseAddress, IamEndpoint = new Uri("http://iam.example.com") };

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithPasswordAsync(options, "u", Secure("password-x"), "d"));

        Assert.Contains("not encrypted", error.Message, StringComparison.Ordinal);
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }

    private SignInOptions Options(string? projectId = null, Func<DateTimeOffset>? now = null) => new()
    {
        Region = Region,
        Endpoint = _simulator.BaseAddress,
        IamEndpoint = _simulator.BaseAddress,
        ProjectId = projectId,
        Now = now ?? (() => DateTimeOffset.UtcNow),
    };

    private Task<SignedIn> PasswordAsync(SimulatedAccount account) =>
        SignIn.WithPasswordAsync(Options(), account.UserName, Secure(account.Password), account.DomainName);

    private Task<SignedIn> KeyAsync(SimulatedAccount account, string? projectId = null) =>
        SignIn.WithAccessKeyAsync(Options(projectId), account.AccessKey, Secure(account.SecretKey));

    private async Task<RecordedRequest> IssueTokenAsync()
    {
        using CseClient client = (await PasswordAsync(A)).Client;
        await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
        return _simulator.Requests[^1];
    }
}
