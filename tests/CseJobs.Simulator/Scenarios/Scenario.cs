using System.Text.Json.Nodes;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Endpoints;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>A way in which the API departs from the specification. Set only the hooks that are needed.</summary>
/// <param name="Name">How it is asked for; lower-case letters and digits.</param>
/// <param name="Description">One sentence for the table in --help.</param>
internal sealed record Scenario(string Name, string Description)
{
    /// <summary>The number meant where the name stands alone; null if the scenario takes none. <c>latency50</c> is latency with 50.</summary>
    public int? Number { get; init; }

    /// <summary>Comes first, before any check. An answer ends the matter; null goes on.</summary>
    public Func<ApiCall, int, ValueTask<Answer?>>? Before { get; init; }

    /// <summary>Changes what a list call is about to do; the number is that of the name.</summary>
    public Action<ListPlan, int>? List { get; init; }

    /// <summary>Changes how one job looks, in lists and details alike.</summary>
    public Action<SimulatedJob, JsonObject>? Distort { get; init; }

    /// <summary>Changes a finished answer, or how it is delivered.</summary>
    public Action<ApiCall, Answer, int>? After { get; init; }

    /// <summary>The server lists the oldest job first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Some jobs of an engine made for this scenario have ids above 2^53.</summary>
    public bool WideIds { get; init; }

    /// <summary>What becomes of the newest job of an engine made for this scenario; its number says after how many detail calls.</summary>
    public LifeKind? Life { get; init; }

    /// <summary>Once the engine is gone, that is told with 401 instead of 400.</summary>
    public bool GoneAs401 { get; init; }

    /// <summary>The number of scenarios that, without one, concern every call.</summary>
    public const int EveryCall = int.MaxValue;

    /// <summary>Shorthand for a scenario that gives the first N calls its own answer.</summary>
    public static Scenario First(string name, string description, int number, Func<ApiCall, Answer> answer) => new(name, description)
    {
        Number = number,
        Before = (call, calls) => new ValueTask<Answer?>(call.Count(name) <= calls ? answer(call) : null),
    };

    /// <summary>Shorthand for a scenario that does something to the first N answers, or to all without a number.</summary>
    public static Scenario Spoil(string name, string description, Action<ApiCall, Answer> fault) => new(name, description)
    {
        Number = EveryCall,
        Before = (call, calls) =>
        {
            if (call.Count(name) <= calls)
            {
                call.Faults.Add(fault);
            }

            return default;
        },
    };

    /// <summary>Shorthand for a scenario that always gives the same answer.</summary>
    public static Scenario Always(string name, string description, Func<ApiCall, Answer> answer) =>
        new(name, description) { Before = (call, _) => new ValueTask<Answer?>(answer(call)) };
}
