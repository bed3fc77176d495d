namespace CseJobs.Simulator;

/// <summary>A phase of a job as the server holds it (TaskSteps in the specification). Times are epoch milliseconds.</summary>
public sealed record SimulatedPhase
{
    /// <summary>The phase's name, such as resourcePrepare.</summary>
    public required string TaskName { get; init; }

    /// <summary>The phase's status.</summary>
    public required string Status { get; init; }

    /// <summary>When it began; null if it has not, and then absent from the answer.</summary>
    public required long? StartTime { get; init; }

    /// <summary>When it ended; null if it has not, and then absent from the answer.</summary>
    public required long? EndTime { get; init; }

    /// <summary>The estimated duration in milliseconds.</summary>
    public required long BriefDuration { get; init; }

    /// <summary>What the phase is for.</summary>
    public required string BriefDescription { get; init; }

    /// <summary>Its sub-jobs in the order of execution; their names are the answer's taskNames.</summary>
    public required IReadOnlyList<SimulatedTask> Tasks { get; init; }
}
