using CseJobs.Client.Auth;
using CseJobs.Client.Diagnosis;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Diagnosis;

/// <summary>Makes sessions with one thing wrong, and looks at them.</summary>
public abstract class DoctorTestBase
{
    protected static readonly string[] All = ["Name, TCP", "TLS", "Clock", "Credentials", "Permission", "Engines", "Offset", "Limit", "Total", "Window", "Order", "Fields"];

    protected static SignInResult Session(Uri endpoint, CseCredential? credential = null, string projectId = "0123456789abcdef0123456789abcdef", Func<CseClientOptions, CseClientOptions>? set = null)
    {
        credential ??= new TokenCredential("sim-token");
        var options = new CseClientOptions { Endpoint = endpoint, ProjectId = projectId, Timeout = TimeSpan.FromSeconds(30) };
        return new SignInResult(new CseClient(set is null ? options : set(options), credential), credential, "cn-north-4", "Parameters");
    }

    protected static async Task<List<SessionCheck>> CheckAsync(SignInResult session, string? engine = null)
    {
        using (session.Client)
        {
            var checks = new List<SessionCheck>();
            await foreach (SessionCheck check in new SessionDoctor(session).CheckAsync(engine))
                checks.Add(check);

            return checks;
        }
    }

    /// <summary>The one check that failed: all before it were made, all after it were not tried and say which it was.</summary>
    protected static SessionCheck FailsAt(string name, CheckProblem problem, List<SessionCheck> checks)
    {
        Assert.Equal(All, checks.Select(check => check.Check));
        SessionCheck failed = Assert.Single(checks, check => check.Result == CheckResult.Fail);
        Assert.Equal((name, problem), (failed.Check, failed.Problem));
        Assert.NotNull(failed.GetFailure());
        Assert.All(checks.SkipWhile(check => check != failed).Skip(1), check => Assert.Equal((CheckResult.NotTried, "see " + name), (check.Result, check.Detail)));
        return failed;
    }

    /// <summary>What went over the wire only reads, and is little.</summary>
    protected static void ReadsOnly(CseSimulator server, int atMost)
    {
        Assert.All(server.Requests, request => Assert.Equal("GET", request.Method));
        Assert.InRange(server.Requests.Count, 1, atMost);
    }
}
