namespace CseJobs.Formatting;

/// <summary>What a timeline shows of a job, phase or sub-job. Times are UTC: the difference of local times is an hour off when the clocks change.</summary>
internal sealed record TimelineStep
{
    public string Name { get; init; } = string.Empty;

    public JobStatus Status { get; init; }

    public string StatusText { get; init; } = string.Empty;

    public DateTime? Start { get; init; }

    public DateTime? End { get; init; }

    /// <summary>What the step does, in the server's words.</summary>
    public string Note { get; init; } = string.Empty;

    public string Log { get; init; } = string.Empty;

    /// <summary>0 for a phase, or for a sub-job of a job without phases; 1 for a sub-job in a phase.</summary>
    public int Depth { get; init; }

    public bool IsRunning => Status == JobStatus.Executing && Start is not null;

    public bool HasFailed => Status is JobStatus.Error or JobStatus.Timeout;
}
