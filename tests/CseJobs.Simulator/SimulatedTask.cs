namespace CseJobs.Simulator;

/// <summary>A sub-job as the server holds it (Task in the specification). Times are epoch milliseconds.</summary>
public sealed record SimulatedTask
{
    /// <summary>The job it belongs to.</summary>
    public required long JobId { get; init; }

    /// <summary>The sub-job's own id.</summary>
    public required long Id { get; init; }

    /// <summary>The type of its job.</summary>
    public required string Type { get; init; }

    /// <summary>Who executes it.</summary>
    public required string Assigned { get; init; }

    /// <summary>The sub-job's name, such as TenantTaskExecutor.</summary>
    public required string TaskName { get; init; }

    /// <summary>The name (not the id) of the engine.</summary>
    public required string EngineName { get; init; }

    /// <summary>The place in the order of execution, counted through all phases from 0.</summary>
    public required int TaskOrder { get; init; }

    /// <summary>The sub-job's status.</summary>
    public required string Status { get; init; }

    /// <summary>When it began; null if it has not, and then absent from the answer.</summary>
    public required long? StartTime { get; init; }

    /// <summary>When it ended; null if it has not, and then absent from the answer.</summary>
    public required long? EndTime { get; init; }

    /// <summary>When it was created.</summary>
    public required long CreateTime { get; init; }

    /// <summary>When it last changed.</summary>
    public required long UpdateTime { get; init; }

    /// <summary>1 if it timed out, else -1 as in the specification's sample.</summary>
    public required int Timeout { get; init; }

    /// <summary>What the executor wrote; several lines for a failed sub-job.</summary>
    public required string Log { get; init; }

    /// <summary>A JSON text.</summary>
    public required string Output { get; init; }

    /// <summary>The estimated duration in milliseconds.</summary>
    public required long BriefDuration { get; init; }

    /// <summary>What the sub-job is for.</summary>
    public required string BriefDescription { get; init; }
}
