using System.Text;
using CseJobs.Simulator.Access;
using CseJobs.Simulator.Scenarios;
using Microsoft.AspNetCore.Http;

namespace CseJobs.Simulator.Http;

/// <summary>One request on its way through the simulator.</summary>
internal sealed class ApiCall(HttpContext context, RequestTarget target, byte[] body)
{
    public HttpContext Context { get; } = context;

    public RequestTarget Target { get; } = target;

    /// <summary>The body as it arrived; a signature is over these bytes.</summary>
    public ReadOnlyMemory<byte> RawBody { get; } = body;

    public string Body { get; } = body.Length == 0 ? "" : Encoding.UTF8.GetString(body);

    public string Method => Context.Request.Method;

    public IReadOnlyList<string> Segments => Target.Segments;

    public string RequestId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The engine the path names, if it exists. Set by the endpoint group, so that the engine's scenarios apply.</summary>
    public SimulatedEngine? Engine { get; set; }

    /// <summary>Which call to its engine this is, counted from 1; 0 without an engine.</summary>
    public int Ordinal { get; set; }

    /// <summary>How errors of the service are spelt here.</summary>
    public ErrorShape ErrorShape { get; set; } = ErrorShape.Gateway;

    /// <summary>The caller must sign in. Set by the endpoint group; the pipeline then asks the <see cref="Gatekeeper"/>.</summary>
    public bool NeedsSignIn { get; set; }

    /// <summary>Who calls, if that is known; also set where an expired token is refused.</summary>
    public Caller? Caller { get; set; }

    /// <summary>The answer to a caller who may not call at all; null if the sign-in is good.</summary>
    public Answer? Refusal { get; set; }

    /// <summary>How the caller is named in the recorded request.</summary>
    public string? Identity { get; set; }

    /// <summary>The response header that carries <see cref="RequestId"/>.</summary>
    public string TraceHeader { get; set; } = "X-Request-Id";

    /// <summary>The scenarios that apply: the engine's and those of the X-Sim-Scenario header.</summary>
    public IReadOnlyList<ScenarioUse> Scenarios { get; set; } = [];

    /// <summary>What scenarios want done to the answer when all else is done; a call has its own faults.</summary>
    public List<Action<ApiCall, Answer>> Faults { get; } = [];

    /// <summary>When the call arrived, by the simulator's clock.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Counts the calls that name no engine.</summary>
    public required CallCounters SharedCounters { get; init; }

    /// <summary>True for the list of jobs.</summary>
    public bool IsList => ErrorShape == ErrorShape.List;

    /// <summary>Counts this call under a word, apart for each engine; the first is 1.</summary>
    public int Count(string word) => (Engine?.Counters ?? SharedCounters).Next(word);

    /// <summary>How many calls were counted under a word, this one left out unless it was counted.</summary>
    public int Counted(string word) => (Engine?.Counters ?? SharedCounters).Read(word);

    /// <summary>A request header; empty if absent.</summary>
    public string Header(string name) => Context.Request.Headers[name].ToString();

    /// <summary>Whether a request header is there, empty or not.</summary>
    public bool HasHeader(string name) => Context.Request.Headers.ContainsKey(name);
}
