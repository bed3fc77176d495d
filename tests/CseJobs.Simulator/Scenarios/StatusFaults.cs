using System.Globalization;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Faults that are proper HTTP answers: throttling, failures that pass, failures half-way.</summary>
internal static class StatusFaults
{
    private const string BadGateway = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>elb</body></html>";
    private const string Unavailable =
        "<html><head><title>503 Service Unavailable</title></head><body><h1>503 Service Unavailable</h1><hr>elb</body></html>";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        // Throttling
        Scenario.First(
            "throttled",
            "429 APIGW.0308 for the first N calls (throttled2), for all without a number; no Retry-After.",
            Scenario.EveryCall,
            Errors.Throttled),
        RetryAfter("retryafter", "429 and 503 come with Retry-After: N (1).", (_, seconds) => seconds.ToString(CultureInfo.InvariantCulture), 1),
        RetryAfter(
            "retryafterdate",
            "429 and 503 come with a Retry-After date N seconds ahead of the simulator's clock (1).",
            (call, seconds) => call.Now.AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture),
            1),
        RetryAfter("retryafterabsurd", "429 and 503 come with Retry-After: 99999999.", (_, _) => "99999999"),
        RetryAfter("retryafterbad", "429 and 503 come with Retry-After: soon.", (_, _) => "soon"),

        // Failures that pass
        Scenario.First("flaky500", "500 with the service's error body for the first N calls (1).", 1, Errors.Internal),
        Scenario.First("flaky502", "502 with an HTML page for the first N calls (1).", 1, _ => Html502()),
        Scenario.First("flaky503", "503 with an HTML page for the first N calls (1).", 1, _ => Html503()),
        Scenario.First("flaky504", "504 APIGW.0201 for the first N calls (1).", 1, BackendTimeout),
        Scenario.First("flaky408", "408 APIGW.0201 for the first N calls (1).", 1, RequestTimeout),
        new("flakypages", "503 with an HTML page for the first N attempts at every target: each page, each detail (1).")
        {
            Number = 1,
            Before = (call, attempts) => new ValueTask<Answer?>(
                call.Count($"flakypages {call.Target.Path}?{call.Target.Query}") <= attempts ? Html503() : null),
        },

        // Failures half-way
        From("failfrom", "From the Nth list call on, everything is 500 with the service's error body (2).", Errors.Internal),
        From(
            "vanish",
            "From the Nth list call on, the engine is not found: 400 SVCSTG.00501116 (2).",
            call => Errors.NoSuchEngine(call, call.Engine?.Id ?? "")),
        new("lostjob", "The job at index 1 of the list is not found by the detail call: 400 SVCSTG.00501153.") { Before = LoseJob },

        // Proper HTTP, but not what it should say
        Scenario.First("html502", "502 with an HTML page for the first N calls, for all without a number.", Scenario.EveryCall, _ => Html502()),
        Scenario.First(
            "error200",
            "200 with the error body of an engine that is not found, SVCSTG.00501116, for the first N calls, for all without a number.",
            Scenario.EveryCall,
            call =>
            {
                Answer answer = Errors.NoSuchEngine(call, call.Engine?.Id ?? "");
                answer.Status = 200;
                return answer;
            }),
        Scenario.First(
            "errorcode200",
            "200 with {\"error_code\":\"SVCSTG.99\",\"error_msg\":\"x\"} for the first N calls, for all without a number.",
            Scenario.EveryCall,
            _ => Answer.Raw(200, "application/json", """{"error_code":"SVCSTG.99","error_msg":"x"}""")),
        Scenario.First(
            "nocontent",
            "204 for the first N calls, for all without a number.",
            Scenario.EveryCall,
            _ => new Answer { Status = 204, ContentType = null }),
        new("accepted", "Actions are answered with N (202) in place of 200; 204 has no body.")
        {
            Number = 202,
            After = (call, answer, status) =>
            {
                if (call.Method == "PUT" && answer.Status == 200)
                {
                    answer.Status = status;
                    answer.Body = status == 204 ? default : answer.Body;
                    answer.ContentType = status == 204 ? null : answer.ContentType;
                }
            },
        },
    ];

    public static Answer Html502() => Answer.Raw(502, "text/html", BadGateway);

    public static Answer Html503() => Answer.Raw(503, "text/html", Unavailable);

    public static Answer BackendTimeout(ApiCall call) => Errors.Gateway(call, 504, "APIGW.0201", "Backend timeout");

    private static Answer RequestTimeout(ApiCall call) => Errors.Gateway(call, 408, "APIGW.0201", "Request timeout");

    private static Scenario RetryAfter(string name, string description, Func<ApiCall, int, string> text, int? number = null) =>
        new(name, description)
        {
            Number = number,
            After = (call, answer, seconds) =>
            {
                if (answer.Status is 429 or 503)
                {
                    answer.Headers["Retry-After"] = text(call, seconds);
                }
            },
        };

    // Only list calls are counted; once it has begun it also concerns details.
    private static Scenario From(string name, string description, Func<ApiCall, Answer> answer) => new(name, description)
    {
        Number = 2,
        Before = (call, first) =>
        {
            int calls = call.IsList ? call.Count(name) : call.Counted(name);
            return new ValueTask<Answer?>(calls >= first ? answer(call) : null);
        },
    };

    private static ValueTask<Answer?> LoseJob(ApiCall call, int number)
    {
        bool lost = !call.IsList
            && call is { Refusal: null, Engine: { } engine, Segments: [.., var text] }
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            && engine.Select(1, 1, null, engine.OldestFirst).Jobs is [{ } job]
            && job.Id == id;
        return new ValueTask<Answer?>(lost ? Errors.NoSuchJob(call, long.Parse(call.Segments[^1], CultureInfo.InvariantCulture)) : null);
    }
}
