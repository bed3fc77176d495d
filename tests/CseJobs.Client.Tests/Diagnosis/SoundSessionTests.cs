using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CseJobs.Client.Auth;
using CseJobs.Client.Diagnosis;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Diagnosis;

/// <summary>Sessions that work: what the service makes of what the documents leave open.</summary>
public sealed class SoundSessionTests : DoctorTestBase
{
    [Fact]
    public async Task A_session_is_looked_at_with_few_requests_and_none_that_changes_anything()
    {
        await using CseSimulator server = await CseSimulator.StartAsync(new SimulatorOptions { MaxLimit = 100 });

        List<SessionCheck> checks = await CheckAsync(Session(server.BaseAddress));

        Assert.Equal(All, checks.Select(check => check.Check));
        Assert.Matches(@"^127\.0\.0\.1:\d+, \d+ ms$", checks[0].Detail);
        Assert.Equal(
            [
                "none: http to this machine",
                "less than 2 s from the server's",
                "token, project 0123… (cn-north-4)",
                "cse:engine:list, cse:engine:get",
                "14: 10 CSE, 2 MICROGATEWAY, 1 NACOS, 1 CSE_Share; looked at cse-3f2b8c1e",
                "page numbers from 1 (0 and 1 alike)",
                "largest page 100 (1000 was answered with 100)",
                "counts all jobs (1000)",
                "from-time/to-time in milliseconds, by start time",
                "newest first",
                "all known; 'tasks' flat",
            ],
            checks[1..].Select(check => check.Detail));
        Assert.Equal("Ok Ok Ok Ok Ok Ok Found Found Found Found Found Ok", string.Join(' ', checks.Select(check => check.Result)));
        ReadsOnly(server, 5);
    }

    [Theory]
    [InlineData("pages0-max20", "Offset", "page numbers from 0")]
    [InlineData("pages1-reject0", "Offset", "page numbers from 1; 0 is refused")]
    [InlineData("records", "Offset", "counts jobs, not pages")]
    [InlineData("pages0-moving", "Offset", "page numbers from 0")]
    [InlineData("pages1-moving", "Offset", "page numbers from 1 (0 and 1 alike)")]
    [InlineData("records-moving", "Offset", "counts jobs, not pages")]
    [InlineData("pages1-tail", "Offset", "page numbers from 1 (0 and 1 alike)")]
    [InlineData("pages0-pagetotal", "Offset", "page numbers from 0")]
    [InlineData("pages0-max20", "Limit", "largest page 20 (1000 was answered with 20)")]
    [InlineData("records-max20-emptytotal", "Limit", "largest page 20 (1000 was answered with 20)")]
    [InlineData("pages1-max20-pagetotal", "Limit", "largest page 20 (1000 was answered with 20)")]
    [InlineData("refuse100", "Limit", "all 50 jobs came at once, 100 were asked for (1000 is refused)")]
    [InlineData("refuse50", "Limit", "a page of 10 (100 is refused)")]
    [InlineData("refuse100-max20", "Limit", "largest page 20 (100 was answered with 20) (1000 is refused)")]
    [InlineData("liar", "Limit", "all 50 jobs came at once, 1000 were asked for")]
    [InlineData("max20-pagetotal", "Total", "counts the page")]
    [InlineData("pagetotal", "Total", "counts the page")]
    [InlineData("emptytotal", "Total", "is not told")]
    [InlineData("liar", "Total", "says 82, and 50 jobs came")]
    [InlineData("reject0-pages1", "Total", "counts all jobs (50)")]
    [InlineData("windowseconds", "Window", "not in milliseconds by start time: all jobs are read and chosen here")]
    [InlineData("windowrefused", "Window", "not in milliseconds by start time: all jobs are read and chosen here")]
    [InlineData("windowended", "Window", "not in milliseconds by start time: all jobs are read and chosen here")]
    [InlineData("windowignored", "Window", "from-time/to-time are ignored: jobs are chosen here")]
    [InlineData("ascending", "Order", "oldest first")]
    [InlineData("notasks", "Fields", "'tasks' absent in the list: steps and reasons come with details only")]
    [InlineData("nested", "Fields", "all known; 'tasks' nested in phases")]
    public async Task Each_reading_is_found_out(string readings, string name, string detail)
    {
        await using CseSimulator server = await CseSimulator.StartAsync();

        List<SessionCheck> checks = await CheckAsync(Session(server.BaseAddress), "sim-jobs50-" + readings);

        Assert.Equal(detail, Assert.Single(checks, check => check.Check == name).Detail);
        Assert.DoesNotContain(checks, check => check.Result == CheckResult.Fail);
        ReadsOnly(server, 12);
    }

    [Fact]
    public async Task Later_listings_know_what_was_found_out()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();
        const string Engine = "sim-jobs50-windowrefused-refuse100";
        SignInResult session = Session(server.BaseAddress);
        await foreach (SessionCheck _ in new SessionDoctor(session).CheckAsync(Engine))
        {
        }

        // One job has not begun, and lies in no window.
        server.ClearRequests();
        using (session.Client)
        using (Pager<EngineJob> pager = session.Client.ListJobs(Engine, new JobQuery { From = DateTimeOffset.UnixEpoch, PageSize = 1000 }))
            Assert.Equal(49, (await SimulatorFixture.ListAllAsync(pager)).Count);

        Assert.Equal("offset=0&limit=100", Assert.Single(server.Requests).RawQuery);
    }

    [Fact]
    public async Task What_the_server_sends_that_is_not_known_is_named()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();

        SessionCheck fields = (await CheckAsync(Session(server.BaseAddress), "sim-jobs50-odd"))[^1];

        Assert.Equal((CheckResult.Warn, CheckProblem.UnknownFields), (fields.Result, fields.Problem));
        Assert.StartsWith("unknown field 'priority' in 4 of 50 jobs; ", fields.Detail, StringComparison.Ordinal);
        Assert.Contains("unknown status 'Suspended' in 4 of 50 jobs", fields.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_without_jobs_tells_nothing_and_one_of_another_kind_neither()
    {
        await using CseSimulator server = await CseSimulator.StartAsync();
        SimulatedEngine gateway = server.AddEngine("gateway", 5, kind: EngineKind.MicroGateway, scenarios: "nojobs");

        List<SessionCheck> empty = await CheckAsync(Session(server.BaseAddress), "sim-jobs0");
        List<SessionCheck> other = await CheckAsync(Session(server.BaseAddress), gateway.Id);

        Assert.Equal("the engine has no jobs to tell by", empty[6].Detail);
        Assert.StartsWith("The service refuses this for engine 'gateway', which is of kind MICROGATEWAY", other[6].Detail, StringComparison.Ordinal);
        Assert.All(empty[6..].Concat(other[6..]), check => Assert.Equal(CheckResult.NotTried, check.Result));
        Assert.All(empty[7..].Concat(other[7..]), check => Assert.Equal("see Offset", check.Detail));
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_where_nothing_is_signed_too()
    {
        await using CseSimulator server = await CseSimulator.StartAsync(new SimulatorOptions { DateSkew = TimeSpan.FromMinutes(-5) });

        List<SessionCheck> checks = await CheckAsync(Session(server.BaseAddress));

        Assert.Equal((CheckResult.Warn, CheckProblem.ClockWrong), (checks[2].Result, checks[2].Problem));
        Assert.StartsWith("the server is behind by 5 min", checks[2].Detail, StringComparison.Ordinal);
        Assert.Equal(CheckResult.Ok, checks[5].Result);
    }

    [Fact]
    public async Task A_certificate_that_is_not_checked_is_a_warning()
    {
        await using CseSimulator server = await CseSimulator.StartAsync(new SimulatorOptions { Tls = TlsMode.Untrusted });

        List<SessionCheck> checks = await CheckAsync(Session(server.BaseAddress, set: options => options with { SkipCertificateCheck = true }));

        Assert.Equal((CheckResult.Warn, CheckProblem.CertificateUnchecked), (checks[1].Result, checks[1].Problem));
        Assert.Matches("^TLS 1[.][23], certificate not checked, and it would be refused$", checks[1].Detail);
        Assert.Matches("^localhost:[0-9]+ -> (127[.]0[.]0[.]1|::1), [0-9]+ ms$", checks[0].Detail);
    }

    [Theory]
    [InlineData(29, CheckResult.Warn, " only")]
    [InlineData(40, CheckResult.Ok, "")]
    public void A_certificate_that_ends_within_a_month_is_a_warning(int days, CheckResult result, string ending)
    {
        var clock = new TestClock();
        DateTimeOffset end = clock.GetUtcNow().AddDays(days);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=cse.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(clock.GetUtcNow().AddDays(-1), end);
        var probe = new ConnectionProbe(new CseTransportOptions { TimeProvider = clock });

        SessionCheck check = probe.JudgeCertificate(SslProtocols.Tls13, certificate, SslPolicyErrors.None);

        Assert.Equal((result, $"TLS 1.3, certificate valid until {end.LocalDateTime:yyyy-MM-dd}{ending}"), (check.Result, check.Detail));
    }
}
