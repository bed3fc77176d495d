using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>What all ways in have in common.</summary>
public sealed class SignInTests : SignInTestBase
{
    [Fact]
    public async Task The_environment_signs_in_and_says_by_which_source()
    {
        var variables = new Dictionary<string, string>
        {
            ["HW_ACCESS_KEY"] = B.AccessKey, ["HW_SECRET_KEY"] = B.SecretKey, ["HW_REGION_NAME"] = Region, ["HW_AUTH_URL"] = Server.BaseAddress + "v3",
        };
        var options = new SignInOptions
        {
            Endpoint = Server.BaseAddress,
            Environment = new CredentialEnvironment { Variable = name => variables.GetValueOrDefault(name), ReadFile = _ => null, Home = "/" },
        };

        SignInResult result = await SignIn.FromEnvironmentAsync(options);
        using CseClient client = result.Client;

        Assert.Equal(("Environment (HW_ACCESS_KEY)", "AccessKey", B.Projects[0].Id), (result.Source, result.Credential.IdentityKind, client.Options.ProjectId));
    }

    [Fact]
    public async Task Two_accounts_used_at_once_from_many_threads_keep_apart()
    {
        const int Threads = 16;
        const int Calls = 200;
        SignInResult a = await PasswordAsync(A);
        SignInResult b = await KeyAsync(B);
        Server.ClearRequests();

        int failures = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            CseClient client = (thread % 2 == 0 ? a : b).Client;
            for (int i = 0; i < Calls; i++)
            {
                if (i == Calls / 2 && thread == 0)
                {
                    Server.ExpireTokens();
                }

                EngineJob job = await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);
                if (job.Id != 12339)
                {
                    Interlocked.Increment(ref failures);
                }
            }
        })));

        Assert.Equal(0, failures);
        Assert.Equal(2, Server.TokensIssued);
        ILookup<string?, RecordedRequest> byIdentity = Server.Requests
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
        foreach (SignInResult result in new[] { await PasswordAsync(A), await KeyAsync(A), SignIn.WithToken(Options(A.Projects[0].Id), Secure("t0ken-t0ken")) })
        {
            result.Client.Dispose();

            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => result.Client.GetJobAsync(CseSimulator.SeedEngineId, 12339));
            Assert.Equal(CseErrorReason.SessionClosed, error.Reason);
        }
    }

    [Fact]
    public async Task A_server_that_echoes_every_header_gets_no_secret_printed()
    {
        SignInResult temporary = await SignIn.WithEcsAgencyAsync(Options(), Server.BaseAddress);
        foreach (SignInResult result in new[] { await PasswordAsync(A), await KeyAsync(A), temporary })
        {
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => result.Client.GetJobAsync("sim-echoall", 1));
            string all = error + error.ServerMessage + error.Detail + error.Code + error.RequestId;

            RecordedRequest sent = Server.Requests[^1];
            foreach (string header in new[] { "X-Auth-Token", "X-Security-Token" }.Where(sent.Headers.ContainsKey))
            {
                Assert.DoesNotContain(sent.Headers[header][..24], all, StringComparison.Ordinal);
            }

            Assert.DoesNotMatch("[0-9a-f]{64}", all);
            result.Client.Dispose();
        }
    }

    [Fact]
    public async Task An_iam_that_breaks_the_connection_is_asked_again_and_then_given_up()
    {
        await using StalledListener listener = StalledListener.Start(StalledListenerMode.RefusesAfterAccept);
        var options = new SignInOptions
        {
            Region = Region, Endpoint = Server.BaseAddress, IamEndpoint = listener.BaseAddress, TimeProvider = new TestClock(DateTimeOffset.UtcNow),
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
        var options = new SignInOptions { Region = Region, Endpoint = Server.BaseAddress, IamEndpoint = new Uri("http://iam.example.com") };

        CseOptionsException error = await Assert.ThrowsAsync<CseOptionsException>(() => SignIn.WithPasswordAsync(options, "u", Secure("password-x"), "d"));

        Assert.Contains("not encrypted", error.Message, StringComparison.Ordinal);
    }
}
