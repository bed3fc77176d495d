using System.Globalization;
using System.Text;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator;

/// <summary>The text of --help.</summary>
internal static class Usage
{
    private const string Head = """
        The CSE engine-job API on 127.0.0.1, with IAM and the metadata service of an ECS instance at the same address. Prints
        its base address as its only line, and ends when its standard input closes or, at a console of its own, on Ctrl+C.

          --jobs N        jobs of the default engine (1000)
          --engines N     engines that are listed besides the default one and that of the samples (12)
          --port N        port; 0 takes any free one (0)
          --token T       the accepted X-Auth-Token (sim-token)
          --project ID    the project id (0123456789abcdef0123456789abcdef)
          --region NAME=ID  a region with its own project, for account-a; may be given several times
          --reading R     what offset counts: pages0, pages1 (0 and 1 are both the first page) or records (pages1)
          --max-limit N   the largest page (1000)
          --scenarios S,S scenarios that every engine has; pagetotal and refuseN hold for the list of engines too
          --seed N        seeds the data (42)
          --now ISO       the instant the newest jobs lie before (2026-11-20T12:00:00Z)
          --metadata M    the metadata service: both, v2, v1, or none for an instance without an agency (both)
          --tls MODE      listen at https://localhost with a certificate that is untrusted, expired or wronghost (none)
          --listen-only MODE  no API: a listener that accepts and never answers (stalled) or closes at once (closing)
          --iam-echo      the IAM token call answers 401 with the whole request body in its message
          --token-lifetime SECONDS  how long an issued token is good for (86400)
          --date-skew SECONDS       how far the clock and the Date header are ahead; negative if behind (0)
          --no-stdin      do not end when standard input closes

        Engines: 3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60 is the default one, ad76972c-a743-4770-859c-c98a680f4d98 serves the
        samples of the specification. Any id beginning with sim- is an engine described by its name, in parts separated by
        hyphens: jobsN (25), pages0 | pages1 | records, maxN, epID (its enterprise project), idTAG (ignored: another name is
        another engine, with fresh counters), and scenarios:
        sim-jobs1000-records-max7-moving. The header X-Sim-Scenario: name,name asks for scenarios in a single request.
        Scenarios that count do so for each engine apart. Those that answer themselves end the matter in the order of their
        names: sim-throttled1-flaky5031 answers 429, 503, and then normally. Engines that are described by their name are not
        listed. --engines adds some that are, in many states; a further dozen repeats the first under names such as
        prod-orders-2.

        Accounts, each good with its password (POST /v3/auth/tokens) and its keys (SDK-HMAC-SHA256):
        {{ACCOUNTS}}
        account-b has the agency agency-b, which account-a may assume: for a token by POST /v3/auth/tokens, for temporary keys by
        POST /v3.0/OS-CREDENTIAL/securitytokens.

        Tests ask: GET and DELETE /_sim/requests, GET /_sim/stats, POST /_sim/expire-tokens, POST /_sim/expire-agency-keys;
        GET /_sim/engines (the listed ones), GET /_sim/engines/ID, DELETE /_sim/engines/ID/jobs/JOB, and with JSON objects
        POST /_sim/engines (name; if wanted id, jobs, scenarios, kind, enterpriseProjectId): lists one more,
        POST /_sim/engines/ID/jobs (if wanted status, type): one more job, the newest,
        PUT /_sim/engines/ID/jobs/JOB (status): what the job is from now on; a scenario moves it no more.

        Scenarios:
        """;

    /// <summary>The whole text.</summary>
    public static string Text()
    {
        int width = ScenarioCatalog.All.Max(scenario => scenario.Name.Length) + 2;
        var text = new StringBuilder(Head.Replace("{{ACCOUNTS}}", Accounts(), StringComparison.Ordinal)).AppendLine();
        foreach (Scenario scenario in ScenarioCatalog.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {scenario.Name.PadRight(width)}{scenario.Description}").AppendLine();
        }

        return text.ToString();
    }

    private static string Accounts() => string.Join('\n', new SimulatorOptions().Accounts.Select(account =>
        $"  {account.Identity} {account.Password} {account.AccessKey} {account.SecretKey}"
        + string.Concat(account.Projects.Select(project => $"\n    project {project.Id} {project.Name}"))));
}
