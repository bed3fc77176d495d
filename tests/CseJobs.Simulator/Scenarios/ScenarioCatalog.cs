using System.Globalization;
using CseJobs.Simulator.Endpoints;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>
/// Every scenario, in the one place where they are defined and documented; the faults of server and network have files of
/// their own beside it. An engine has them by its name (sim-moving-jobs50) or by <see cref="CseSimulator.AddEngine"/>; a
/// single request asks for them in the header X-Sim-Scenario (moving,latency50).
/// </summary>
internal static class ScenarioCatalog
{
    /// <summary>All scenarios, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        // Time
        new("latency", "Waits N milliseconds before each answer (latency200; 100 without a number).")
        {
            Number = 100,
            Before = async (call, milliseconds) =>
            {
                await Task.Delay(milliseconds, call.Aborted).ConfigureAwait(false);
                return null;
            },
        },

        // Lists that move, lie or stand still
        new("moving", "A new job appears at the head of the list before every page.") { List = (plan, _) => plan.Engine.AddJob() },
        new("tail", "The oldest job comes first, and a new one appears at the end of the list before every page.")
        {
            OldestFirst = true,
            List = (plan, _) => plan.Engine.AddJob(),
        },
        new("ascending", "The oldest job comes first.") { OldestFirst = true },
        new("liar", "total is half as much again plus 7.") { List = (plan, _) => plan.Total = (matching, _) => matching + (matching / 2) + 7 },
        new("emptytotal", "total is absent.") { List = (plan, _) => plan.Total = (_, _) => null },
        new("loop", "offset is ignored: every page is the first.") { List = (plan, _) => plan.Offset = 0 },
        new("reject0", "offset=0 is refused with 400 SVCSTG.00500400: page numbers start at 1 (use it with pages1).")
        {
            List = (plan, _) => plan.RejectsZero = true,
        },

        .. Readings.All,
        .. LiveJobs.All,

        // Shapes
        new("odd", "Jobs and sub-jobs with every oddity of OddJobs, one kind a job: unknown enum values, numbers as strings, nulls ...")
        {
            Distort = OddJobs.Distort,
            WideIds = true,
        },
        new("wrapped", "The list is [{total,data}].") { List = (plan, _) => plan.Envelope = Envelope.Array },
        new("wrappedok", "The list is {\"OK\":[{total,data}]}, as the specification's table says.")
        {
            List = (plan, _) => plan.Envelope = Envelope.Ok,
        },
        new("nested", "List items have phases with nested sub-jobs, as details do.") { List = (plan, _) => plan.Tasks = TaskShape.Phases },
        new("notasks", "List items have no tasks.") { List = (plan, _) => plan.Tasks = TaskShape.Absent },
        new("nulltasks", "List items have \"tasks\": null.") { List = (plan, _) => plan.Tasks = TaskShape.Null },

        // Refusals and failures
        Scenario.Always("error500", "500 with the service's error body.", Errors.Internal),
        Scenario.Always("unauthorized", "401 APIGW.0301.", Errors.TokenRefused),
        Scenario.Always("forbidden", "403 APIGW.0302.", Errors.NotPermitted),
        Scenario.Always(
            "missing401",
            "Engine not found, but as 401 SVCSTG.00401116 and with error_message, as seen in the field.",
            _ => Errors.NoSuchEngine401()),
        Scenario.Always(
            "echo",
            "401 APIGW.0301 whose message repeats the X-Auth-Token received.",
            call => Errors.Gateway(
                call, 401, "APIGW.0301", $"Incorrect IAM authentication information: decrypt token fail, token {call.Header("X-Auth-Token")}")),

        Scenario.Always(
            "echoall",
            "401 APIGW.0301 whose message repeats every request header and the body.",
            call => Errors.Gateway(call, 401, "APIGW.0301", Echo.Of(call))),
        new("expire", "The Nth call with an issued token is its last, here and elsewhere; once for an engine (expire3; 1 without a number).")
        {
            Number = 1,
            Before = (call, calls) =>
            {
                // The sign-in of this very call is over already: it is answered, and the next one meets APIGW.0307.
                if (call is { Refusal: null, Caller.Token: { } token })
                {
                    call.Engine?.TokenFuse.Burn(token, calls);
                }

                return new ValueTask<Answer?>((Answer?)null);
            },
        },

        // What is not the API's JSON
        Scenario.Always("redirect", "302 to http://127.0.0.1:1/.", _ =>
        {
            Answer answer = Answer.Raw(302, "text/html", "");
            answer.Headers["Location"] = "http://127.0.0.1:1/";
            return answer;
        }),
        Scenario.Always("html", "502 with an HTML page.", _ => StatusFaults.Html502()),
        Scenario.Always("notjson", "200 with text/html.", _ => Answer.Raw(200, "text/html", "<html><body>Sign in</body></html>")),
        Scenario.Always("emptybody", "200 with an empty body.", _ => Answer.Raw(200, "application/json", "")),
        new("gzip", "The body is gzip-compressed if Accept-Encoding allows it.") { After = Compression.Gzip },

        .. StatusFaults.All,
        .. ConnectionFaults.All,
        .. BodyFaults.All,
        .. SizeFaults.All,
        .. CharsetFaults.All,
    ];

    private static readonly Dictionary<string, Scenario> ByName = All.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    /// <summary>Finds a scenario by its name, or by its name followed by a number if it takes one.</summary>
    public static ScenarioUse? Find(string word)
    {
        if (ByName.TryGetValue(word, out Scenario? exact))
        {
            return new ScenarioUse(exact, exact.Number ?? 0);
        }

        // Names may end with digits themselves: flaky5033 is flaky503 with 3.
        for (int end = word.Length - 1; end > 0 && char.IsAsciiDigit(word[end]); end--)
        {
            if (ByName.TryGetValue(word[..end], out Scenario? scenario)
                && scenario.Number is not null
                && int.TryParse(word.AsSpan(end), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return new ScenarioUse(scenario, number);
            }
        }

        return null;
    }

    /// <summary>Reads names separated by commas, hyphens or blanks.</summary>
    public static bool TryParseList(string? text, out List<ScenarioUse> uses, out string unknown)
    {
        uses = [];
        unknown = "";
        foreach (string word in (text ?? "").Split([',', '-', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Find(word) is not ScenarioUse use)
            {
                unknown = word;
                return false;
            }

            if (!uses.Exists(known => known.Scenario == use.Scenario))
            {
                uses.Add(use);
            }
        }

        return true;
    }
}
