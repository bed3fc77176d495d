using CseJobs.Simulator.Data;

namespace CseJobs.Simulator;

/// <summary>
/// A job as the server holds it. Scenarios that send something else (such as <c>odd</c>) distort the answer, never this.
/// Times are epoch milliseconds.
/// </summary>
public sealed class SimulatedJob
{
    internal SimulatedJob()
    {
    }

    /// <summary>The job's id, unique in its engine.</summary>
    public required long Id { get; init; }

    /// <summary>The engine it belongs to.</summary>
    public required string EngineId { get; init; }

    /// <summary>Create, Delete, Updated, Upgrade, Configure or Modify.</summary>
    public required string Type { get; init; }

    /// <summary>A short text; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>PreInit, Init, Executing, Error, Timeout or Finished.</summary>
    public required string Status { get; init; }

    /// <summary>Who created it.</summary>
    public required string CreateUser { get; init; }

    /// <summary>When it began; null for PreInit, and then absent from the answer.</summary>
    public required long? StartTime { get; init; }

    /// <summary>When it ended; null if it has not, and then absent from the answer.</summary>
    public required long? EndTime { get; init; }

    /// <summary>The execution context.</summary>
    public required string Context { get; init; }

    /// <summary>1 while the job is being executed, else 0.</summary>
    public int Scheduling => Status == JobStatuses.Executing ? 1 : 0;

    /// <summary>The phases with their sub-jobs, as the detail call shows them. Worked out anew on every call: keep it if you need it twice.</summary>
    public IReadOnlyList<SimulatedPhase> Phases => PhaseFactory.Create(this);

    /// <summary>The sub-jobs the list call shows: the first, and for some jobs the one that matters most (failed or running).</summary>
    public IReadOnlyList<SimulatedTask> ListTasks
    {
        get
        {
            var all = Phases.SelectMany(phase => phase.Tasks).ToList();
            SimulatedTask first = all[0];
            SimulatedTask? telling = Status switch
            {
                JobStatuses.Error or JobStatuses.Timeout or JobStatuses.Executing => all.Find(task => task.Status == Status),
                JobStatuses.Finished when Number % 10 == 0 => all[^1],
                _ => null,
            };
            return telling is null || telling == first ? [first] : [first, telling];
        }
    }

    // Ended without success: what the action Retry is for.
    internal bool HasFailed => Status is JobStatuses.Error or JobStatuses.Timeout;

    // The name its sub-jobs give; a job does not know its engine.
    internal string EngineName { get; init; } = "";

    // What became of each sub-job; null where the seed decides.
    internal IReadOnlyList<TaskTimes>? Times { get; init; }

    // Counts the engine's jobs from 0, the oldest; scenarios pick their victims by it.
    internal int Number { get; init; }

    // When it was filed: before the start, and known even where there is no start yet.
    internal long Created { get; init; }

    internal ulong Seed { get; init; }

    // The list item in its normal form; rendered once, because this object never changes and lists are read over and over.
    internal byte[]? ListItem { get; set; }

    // The same job later on. A new object, so that whoever holds this one sees no mixture of both.
    internal SimulatedJob Become(string status, long? startTime, long? endTime, IReadOnlyList<TaskTimes>? times) => new()
    {
        Id = Id,
        EngineId = EngineId,
        EngineName = EngineName,
        Type = Type,
        Description = Description,
        Status = status,
        CreateUser = CreateUser,
        StartTime = startTime,
        EndTime = endTime,
        Context = Context,
        Times = times,
        Number = Number,
        Created = Created,
        Seed = Seed,
    };
}
