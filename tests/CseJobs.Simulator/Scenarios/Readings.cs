using CseJobs.Simulator.Endpoints;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>What a server may make of the things that the documents leave open; of <c>offset</c> see <see cref="OffsetReading"/>.</summary>
internal static class Readings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Window("windowseconds", "from-time and to-time are seconds.", WindowReading.Seconds),
        Window("windowdates", "from-time and to-time are days (2026-11-20, +08:00); else 400.", WindowReading.Dates),
        Window("windowlocal", "from-time and to-time are times such as 2026-11-20 12:00:00 in +08:00; else 400.", WindowReading.LocalTimes),
        Window("windowiso", "from-time and to-time are ISO 8601 times with a zone; else 400.", WindowReading.Iso),
        Window("windowended", "from-time and to-time bound the end of jobs, in milliseconds.", WindowReading.ByEnd),
        Window("windowexclusive", "from-time and to-time are milliseconds, and no job at just these is sent.", WindowReading.Exclusive),
        Window("windowignored", "from-time and to-time are ignored.", WindowReading.Ignored),
        Window("windowrefused", "from-time and to-time are refused with 400.", WindowReading.Refused),
        new("refuse", "A limit above N is refused with 400 (refuse50; 100 without a number). One above maxN alone is cut.")
        {
            Number = 100,
            List = (plan, most) => plan.RefusedAbove = most,
        },
        new("pagetotal", "total is the number of jobs on the page.") { List = (plan, _) => plan.Total = (_, onPage) => onPage },
        new("vanishing", "The newest job is gone before every page but that at offset 0.")
        {
            List = (plan, _) =>
            {
                if (plan.Offset > 0 && plan.Engine.LatestJob is { } newest)
                {
                    plan.Engine.RemoveJob(newest.Id);
                }
            },
        },
        new("nojobs", "Jobs of this engine are refused: 400 SVCSTG.00501134, the engine type is invalid.")
        {
            Before = (call, _) => new ValueTask<Answer?>(
                call.Segments is ["v2", _, "enginemgr", "engines", _, "jobs", ..] ? Errors.BadEngineType(call, "jobs are not kept for this type of engine") : null),
        },
    ];

    private static Scenario Window(string name, string description, WindowReading reading) =>
        new(name, description) { List = (plan, _) => plan.Window = reading };
}
