using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Auth;

namespace CseJobs.Client.Tests.Watching;

/// <summary>
/// Engines whose jobs go on by a clock that a test owns, answered without a network: an hour takes a second. Written from the documents;
/// shares nothing with the client.
/// </summary>
internal sealed class VirtualFleet(TestClock clock) : HttpMessageHandler
{
    private readonly DateTimeOffset _begin = clock.GetUtcNow();

    public List<VirtualEngine> Engines { get; } = [];

    /// <summary>When each request came, in seconds, and what it asked for.</summary>
    public List<(double At, string Target)> Requests { get; } = [];

    public bool IsRecording { get; set; } = true;

    /// <summary>Answers in place of the fleet; null where it does not.</summary>
    public Func<double, string, HttpStatusCode?> Fault { get; set; } = (_, _) => null;

    /// <summary>Whether the list of engines may be read.</summary>
    public bool ListsEngines { get; set; } = true;

    public double Now => (clock.GetUtcNow() - _begin).TotalSeconds;

    public CseClient Connect() => new(
        new CseClientOptions { Endpoint = new Uri("http://localhost"), ProjectId = "p", MaximumRetryCount = 0, TimeProvider = clock }, new TokenCredential("virtual-token"), this);

    public VirtualEngine Add(string name, params VirtualJob[] jobs)
    {
        var engine = new VirtualEngine("id-" + name, name) { Jobs = [.. jobs] };
        Engines.Add(engine);
        return engine;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string target = request.RequestUri!.PathAndQuery["/v2/p/enginemgr/engines".Length..];
        if (IsRecording)
            Requests.Add((Now, target));

        (HttpStatusCode status, string body) = Fault(Now, target) is { } fault ? (fault, """{"error_code":"X","error_message":"a fault"}""") : Answer(target);
        return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }

    private (HttpStatusCode Status, string Body) Answer(string target)
    {
        double now = Now;
        string[] parts = target.Split('?')[0].Split('/');
        VirtualEngine[] there = [.. Engines.Where(engine => engine.Appears <= now && now < engine.Goes)];
        if (parts.Length == 1)
            return ListsEngines ? (HttpStatusCode.OK, Page([.. there.Select(engine => engine.Json(now))], target)) : (HttpStatusCode.Forbidden, """{"error_code":"APIGW.0302","error_message":"no"}""");

        if (Array.Find(there, engine => engine.Id == parts[1]) is not { } one)
            return (HttpStatusCode.BadRequest, """{"error_code":"SVCSTG.00501116","error_message":"no such engine"}""");

        if (parts.Length == 2)
            return (HttpStatusCode.OK, one.Json(now));

        VirtualJob[] jobs = [.. one.Jobs.Where(job => job.Appears <= now).OrderByDescending(job => job.Appears)];
        if (parts.Length == 4)
        {
            return Array.Find(jobs, job => job.Id == long.Parse(parts[3], CultureInfo.InvariantCulture)) is { } job
                ? (HttpStatusCode.OK, job.Json(_begin, now))
                : (HttpStatusCode.BadRequest, """{"error_code":"SVCSTG.00501153","error_message":"no such job"}""");
        }

        long from = Parameter(target, "from-time") ?? long.MinValue;
        long to = Parameter(target, "to-time") ?? long.MaxValue;
        bool isWindow = target.Contains("-time=", StringComparison.Ordinal);
        return (HttpStatusCode.OK, Page(
            [.. jobs.Where(job => !isWindow || (job.Begins <= now && job.StartMs(_begin) >= from && job.StartMs(_begin) <= to)).Select(job => job.Json(_begin, now))], target));
    }

    private static string Page(string[] items, string target)
    {
        int offset = (int)Parameter(target, "offset")!.Value;
        int limit = (int)Parameter(target, "limit")!.Value;
        return $$"""{"total":{{items.Length.ToString(CultureInfo.InvariantCulture)}},"data":[{{string.Join(',', items.Skip(offset * limit).Take(limit))}}]}""";
    }

    private static long? Parameter(string target, string name) =>
        target.Split('?', '&').FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal)) is { } found
            ? long.Parse(found[(name.Length + 1)..], CultureInfo.InvariantCulture) : null;
}

internal sealed record VirtualEngine(string Id, string Name)
{
    public List<VirtualJob> Jobs { get; init; } = [];

    public double Appears { get; init; } = double.MinValue;

    public double Goes { get; set; } = double.MaxValue;

    public string Json(double now)
    {
        VirtualJob? newest = Jobs.Where(job => job.Appears <= now).MaxBy(job => job.Appears);
        string status = newest?.StatusAt(now) == "Executing" ? "Upgrading" : newest?.StatusAt(now) == "Error" ? "UpgradeFailed" : "Available";
        return JsonSerializer.Serialize(new { id = Id, name = Name, type = "CSE", status, latestJobId = newest?.Id });
    }
}

/// <summary>A job by its times, in seconds.</summary>
internal sealed record VirtualJob(long Id, double Appears, double Begins, params double[] Phases)
{
    public string Ending { get; init; } = "Finished";

    /// <summary>When it is tried again after an error, and then takes as long as its last phase.</summary>
    public double? Retried { get; init; }

    public double Ends => Begins + Phases.Sum();

    public string StatusAt(double now) => now < Begins ? "PreInit" : now < Ends ? "Executing"
        : Retried is { } again && now >= again ? (now < again + Phases[^1] ? "Executing" : "Finished") : Ending;

    public long StartMs(DateTimeOffset begin) => begin.AddSeconds(Begins).ToUnixTimeMilliseconds();

    /// <summary>What is to be told of it between two times, as <c>kind</c> or <c>Phase n</c>, and when it happened.</summary>
    public IEnumerable<(double At, string What)> Record()
    {
        if (Appears < Begins)
            yield return (Appears, $"{Id} Appeared");

        yield return (Begins, $"{Id} Began");
        double at = Begins;
        for (int phase = 0; phase < Phases.Length - 1; phase++)
            yield return (at += Phases[phase], string.Create(CultureInfo.InvariantCulture, $"{Id} Phase {phase + 2}"));

        yield return (Ends, $"{Id} Ended {Ending}");
        if (Retried is { } again)
        {
            yield return (again, $"{Id} Retried");
            yield return (again + Phases[^1], $"{Id} Ended Finished");
        }
    }

    public string Json(DateTimeOffset begin, double now)
    {
        string status = StatusAt(now);
        bool hasBegun = now >= Begins;
        double at = Begins;
        double end = Retried is { } again && now >= again ? again + Phases[^1] : Ends;
        var phases = Phases.Select((length, index) =>
        {
            double from = at;
            at += length;
            bool isLast = index == Phases.Length - 1;
            string state = now < from ? "Init" : now < at ? "Executing" : isLast ? status : "Finished";
            return new
            {
                taskName = "phase" + (index + 1),
                taskNames = new[] { "SomeTaskExecutor" },
                status = state,
                startTime = now < from ? 0 : begin.AddSeconds(from).ToUnixTimeMilliseconds(),
                endTime = now < at ? 0 : begin.AddSeconds(at).ToUnixTimeMilliseconds(),
                taskExecutorBrief = new { duration = (long)(length * 1000), description = "" },
                tasks = new[] { new { jobId = Id, id = (Id * 10) + index, taskName = "SomeTaskExecutor", taskOrder = index, status = state, engineName = "x" } },
            };
        }).ToArray();
        return JsonSerializer.Serialize(new
        {
            id = Id,
            type = "Upgrade",
            status,
            createUser = "admin",
            startTime = hasBegun ? StartMs(begin) : 0,
            endTime = status is "Executing" or "PreInit" ? 0 : begin.AddSeconds(end).ToUnixTimeMilliseconds(),
            tasks = phases,
        });
    }
}
