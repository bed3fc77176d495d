using CseJobs.Simulator.Data;

namespace CseJobs.Simulator.Scenarios;

/// <summary>
/// Scenarios in which the newest job goes on. The clock is the number of detail calls that were answered with that job;
/// lists and the calls about engines show the same job but do not move it. Not for the header X-Sim-Scenario: it is the
/// engine that is made so.
/// </summary>
internal static class LiveJobs
{
    /// <summary>How many calls a job takes where no number says so.</summary>
    public const int DefaultCalls = 6;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("progress", "The newest job moves on with every detail call: Init, Executing through its phases, Finished at the Nth (6).")
        {
            Number = DefaultCalls,
            Life = LifeKind.Progress,
        },
        new("fails", "Like progress, but a sub-job of its second phase ends in Error at the Nth detail call (6). Retry lets it finish.")
        {
            Number = DefaultCalls,
            Life = LifeKind.Fails,
        },
        new("timesout", "Like fails, with Timeout (6).") { Number = DefaultCalls, Life = LifeKind.TimesOut },
        new("deletes", "The newest job is a Delete; after N detail calls (3) the engine is gone: 400 SVCSTG.00501116 for every call.")
        {
            Number = 3,
            Life = LifeKind.Deletes,
        },
        new("deletes401", "Like deletes, but gone as 401 SVCSTG.00401116 with error_message, as seen in the field (deletes4013 is 3 calls).")
        {
            Number = 3,
            Life = LifeKind.Deletes,
            GoneAs401 = true,
        },
        new("revive", "The newest job is at Error for N detail calls (3), then runs again and is Finished after N more.")
        {
            Number = 3,
            Life = LifeKind.Revives,
        },
        new("stuck", "The newest job is Executing for ever.") { Life = LifeKind.Stuck },
    ];
}
