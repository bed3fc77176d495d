using System.Net;
using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Diagnosis;

/// <summary>Sessions that do not work: what is in the way is found, and nothing behind it is tried.</summary>
public sealed class BrokenSessionTests : DoctorTestBase
{
    [Fact]
    public async Task A_host_that_does_not_exist()
    {
        SessionCheck failed = FailsAt("Name, TCP", CheckProblem.HostUnknown, await CheckAsync(Session(new Uri("https://cse.no-such-host.invalid"))));

        Assert.Contains("cse.no-such-host.invalid", failed.Detail, StringComparison.Ordinal);
        Assert.Equal(CseErrorReason.ConnectionFailed, failed.Reason);
    }

    [Fact]
    public async Task A_port_at_which_nobody_listens()
    {
        SessionCheck failed = FailsAt("Name, TCP", CheckProblem.HostUnreachable, await CheckAsync(Session(new Uri("https://127.0.0.1:1"))));

        Assert.StartsWith("No answer from 127.0.0.1:1: ", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_silent_while_tls_is_spoken()
    {
        await using StalledListener silent = StalledListener.Start();

        List<SessionCheck> checks = await CheckAsync(Session(new Uri($"https://127.0.0.1:{silent.Port}"), set: options => options with { ConnectTimeout = TimeSpan.FromSeconds(1) }));

        SessionCheck failed = FailsAt("TLS", CheckProblem.TlsFailed, checks);
        Assert.Equal(CseErrorReason.TimeoutReached, failed.Reason);
        Assert.Equal(CheckResult.Ok, checks[0].Result);
    }

    [Fact]
    public async Task What_speaks_no_tls()
    {
        using var plain = new RawServer("HTTP/1.1 400 No\r\n\r\n");

        FailsAt("TLS", CheckProblem.TlsFailed, await CheckAsync(Session(new Uri("https://" + plain.Authority))));
    }

    [Theory]
    [InlineData(TlsMode.Untrusted, CheckProblem.CertificateUntrusted, "is signed by 'localhost', which is not trusted here")]
    [InlineData(TlsMode.Expired, CheckProblem.CertificateExpired, "ended on ")]
    [InlineData(TlsMode.WrongHost, CheckProblem.CertificateOfOtherHost, "is of other.example")]
    public async Task A_certificate_that_is_refused(TlsMode mode, CheckProblem problem, string words)
    {
        await using CseSimulator server = await CseSimulator.StartAsync(new SimulatorOptions { Tls = mode });

        SessionCheck failed = FailsAt("TLS", problem, await CheckAsync(Session(server.BaseAddress)));

        Assert.StartsWith("The certificate of localhost " + words, failed.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(7200, "the server is ahead by 120 min")]
    [InlineData(-259_200, "the server is behind by 3 days")]
    public async Task A_clock_that_no_signature_is_taken_from(int skew, string words)
    {
        await using CseSimulator server = await CseSimulator.StartAsync(new SimulatorOptions { DateSkew = TimeSpan.FromSeconds(skew) });
        SignInResult session = await KeyAsync(server, server.Accounts[0].SecretKey);

        SessionCheck failed = FailsAt("Clock", CheckProblem.ClockWrong, await CheckAsync(session));

        Assert.StartsWith(words, failed.Detail, StringComparison.Ordinal);
        Assert.Equal(CseErrorReason.AuthenticationFailed, failed.Reason);
        ReadsOnly(server, 1);
    }

    [Fact]
    public async Task A_wrong_secret_key_is_tried_once_only()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();
        SignInResult session = await KeyAsync(server, "not-the-secret-key");

        List<SessionCheck> checks = await CheckAsync(session);

        FailsAt("Credentials", CheckProblem.CredentialsRefused, checks);
        Assert.Equal(CheckResult.Ok, checks[2].Result);
        Assert.Equal(1, server.FailedSignatures);
    }

    [Fact]
    public async Task A_project_that_is_not_the_callers()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();

        FailsAt("Permission", CheckProblem.ProjectRefused, await CheckAsync(Session(server.BaseAddress, projectId: server.Accounts[1].Projects[0].Id)));

        ReadsOnly(server, 1);
    }

    [Fact]
    public async Task Engines_that_may_not_be_listed()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (403, """{"error_code":"APIGW.0302","error_msg":"not authorized"}"""));

        FailsAt("Permission", CheckProblem.ListPermissionMissing, await CheckAsync(Session(api.Address)));

        Assert.Single(api.Targets);
    }

    [Fact]
    public async Task Jobs_that_may_not_be_read()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();

        SessionCheck failed = FailsAt("Permission", CheckProblem.ReadPermissionMissing, await CheckAsync(Session(server.BaseAddress), "sim-forbidden"));

        Assert.StartsWith("cse:engine:list, but not cse:engine:get: ", failed.Detail, StringComparison.Ordinal);
        ReadsOnly(server, 2);
    }

    [Fact]
    public async Task Who_may_read_an_engine_but_not_list_them_can_name_it()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((number, _) => number == 1
            ? (403, """{"error_code":"APIGW.0302","error_msg":"not authorized"}""")
            : (200, """{"total":1,"data":[{"id":7,"status":"Finished","startTime":1795154918211,"endTime":1795154918212}]}"""));

        List<SessionCheck> checks = await CheckAsync(Session(api.Address), "e-1");

        Assert.Equal((CheckResult.Warn, CheckProblem.ListPermissionMissing), (checks[4].Result, checks[4].Problem));
        Assert.Equal("not listed; looked at e-1", checks[5].Detail);
        Assert.DoesNotContain(checks, check => check.Result == CheckResult.Fail);
    }

    [Theory]
    [InlineData("x/", CseErrorReason.ApiNotFound)]
    [InlineData("", CseErrorReason.ServerError)]
    public async Task A_host_without_the_api_and_one_that_is_out_of_order_say_nothing_of_the_credentials(string path, CseErrorReason reason)
    {
        await using ScriptedApi broken = await ScriptedApi.StartAsync((_, _) => (500, "{}"));
        await using CseSimulator server = await CseSimulator.StartAsync();
        Uri address = path.Length > 0 ? new Uri(server.BaseAddress, path) : broken.Address;

        List<SessionCheck> checks = await CheckAsync(Session(address));

        Assert.Equal(reason, FailsAt("Engines", CheckProblem.CallFailed, checks).Reason);
        Assert.Equal([CheckResult.NotTried, CheckResult.NotTried], checks[3..5].Select(check => check.Result));
        Assert.InRange(broken.Targets.Count + server.Requests.Count, 1, 1);
    }

    [Fact]
    public async Task An_engine_that_is_not_there()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();

        SessionCheck failed = FailsAt("Engines", CheckProblem.EngineUnknown, await CheckAsync(Session(server.BaseAddress), "no-such-engine"));

        Assert.Contains("'no-such-engine'", failed.Detail, StringComparison.Ordinal);
        Assert.Contains("project 0123…", failed.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(server.ProjectId, failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_several_engines_have()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => """{"total":2,"data":[{"id":"e-1","name":"prod"},{"id":"e-2","name":"PROD"}]}""");

        Assert.Contains("e-1, e-2", FailsAt("Engines", CheckProblem.EngineUnknown, await CheckAsync(Session(api.Address), "prod")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_without_an_engine_works_and_is_told()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => """{"total":0,"data":[]}""");

        List<SessionCheck> checks = await CheckAsync(Session(api.Address));

        Assert.Equal((CheckResult.Warn, CheckProblem.NoEngine), (checks[5].Result, checks[5].Problem));
        Assert.All(checks[6..], check => Assert.Equal((CheckResult.NotTried, "see Engines"), (check.Result, check.Detail)));
    }

    [Fact]
    public async Task A_proxy_that_wants_a_password()
    {
        using var proxy = new RawServer("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
        SignInResult session = Session(new Uri("https://cse.example.com"), set: options => options with { Proxy = new Uri("http://" + proxy.Authority) });

        List<SessionCheck> checks = await CheckAsync(session);

        Assert.StartsWith($"The proxy {proxy.Authority} wants a user name and password", FailsAt("TLS", CheckProblem.ProxyRefuses, checks).Detail, StringComparison.Ordinal);
        Assert.StartsWith($"by the proxy {proxy.Authority}, ", checks[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_where_the_way_is_not_encrypted()
    {
        using var proxy = new RawServer("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
        SignInResult session = Session(new Uri("http://cse.example.com"), set: options => options with { Proxy = new Uri("http://" + proxy.Authority), AllowUnencryptedAuthentication = true });

        FailsAt("TLS", CheckProblem.ProxyRefuses, await CheckAsync(session));
    }

    [Fact]
    public async Task A_certificate_is_looked_at_behind_a_proxy_too()
    {
        await using CseSimulator server = await CseSimulator.StartAsync(new SimulatorOptions { Tls = TlsMode.Untrusted });
        using var proxy = new TunnelProxy();
        SignInResult session(bool skips) => Session(server.BaseAddress, set: options => options with { Proxy = proxy.Address, SkipCertificateCheck = skips });

        FailsAt("TLS", CheckProblem.CertificateUntrusted, await CheckAsync(session(skips: false)));
        List<SessionCheck> checks = await CheckAsync(session(skips: true));

        Assert.Equal(CheckProblem.CertificateUnchecked, checks[1].Problem);
        Assert.StartsWith("TLS 1.", checks[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(checks, check => check.Result == CheckResult.Fail);
        Assert.InRange(proxy.Tunnels, 2, 5);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("socks5://127.0.0.1:1")]
    [InlineData("http://proxy.no-such-host.invalid:3128")]
    public async Task A_proxy_that_is_not_there(string proxy)
    {
        SignInResult session = Session(new Uri("https://cse.example.com"), set: options => options with { Proxy = new Uri(proxy) });

        Assert.Contains(new Uri(proxy).Authority, FailsAt("Name, TCP", CheckProblem.ProxyUnreachable, await CheckAsync(session)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_was_closed_is_no_finding()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();
        SignInResult session = Session(server.BaseAddress);
        session.Client.Dispose();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => CheckAsync(session));

        Assert.Equal(CseErrorReason.SessionClosed, error.Reason);
    }

    [Fact]
    public async Task A_secret_that_the_server_repeats_is_in_no_check()
    {
        const string Token = "Token-Of-The-Tests-12345";
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (401, $$"""{"error_code":"APIGW.0301","error_msg":"{{Token}} is not accepted"}"""));

        List<SessionCheck> checks = await CheckAsync(Session(api.Address, new TokenCredential(Token)));

        FailsAt("Credentials", CheckProblem.CredentialsRefused, checks);
        Assert.All(checks, check => Assert.DoesNotContain(Token, check.ToString() + check.GetFailure(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_is_one_that_it_makes_a_name_of()
    {
        const string Token = "Token-Of-The-Tests-12345";
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number == 1
            ? $$"""{"total":1,"data":[{"id":"e-1","name":"{{Token}}","type":"{{Token}}"}]}"""
            : $$"""{"total":2,"data":[{"id":1,"status":"{{Token}}","{{Token}}":1},{"id":2}]}""");

        List<SessionCheck> checks = await CheckAsync(Session(api.Address, new TokenCredential(Token)));

        Assert.Contains("[hidden]", checks[^1].Detail, StringComparison.Ordinal);
        Assert.All(checks, check => Assert.DoesNotContain(Token, check.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    private static Task<SignInResult> KeyAsync(CseSimulator server, string secret) => SignIn.WithAccessKeyAsync(
        new SignInOptions { Endpoint = server.BaseAddress, ProjectId = server.ProjectId },
        server.Accounts[0].AccessKey,
        new NetworkCredential(string.Empty, secret).SecurePassword);
}
