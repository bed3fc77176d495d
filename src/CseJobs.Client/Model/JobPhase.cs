namespace CseJobs;

/// <summary>A phase of a job (API object <c>TaskSteps</c>), read with the job's details.</summary>
public sealed class JobPhase
{
    internal JobPhase() { }

    /// <summary>Name of the phase (API field <c>taskName</c>), <c>resourcePrepare</c> for example.</summary>
    public string? TaskName { get; internal set; }

    /// <summary>Procedures contained in the phase (API field <c>taskNames</c>).</summary>
    public IReadOnlyList<string> TaskNames { get; internal set; } = ItemList<string>.Empty;

    /// <summary>State of the phase (API field <c>status</c>). Not reliable against the states of its sub-jobs: a finished phase can hold one that still says Init.</summary>
    public JobStatus Status => OpenEnum.ToJobStatus(StatusText);

    /// <summary>Start (API field <c>startTime</c>, epoch milliseconds) in local time; null when not started.</summary>
    public DateTime? StartTime => WireTime.ToLocal(StartTimeMs);

    /// <summary>End (API field <c>endTime</c>, epoch milliseconds) in local time; null when not ended.</summary>
    public DateTime? EndTime => WireTime.ToLocal(EndTimeMs);

    /// <summary>From start to end, computed from the API's millisecond values; to now while it is executed, null before it has started.</summary>
    public TimeSpan? Duration => WireTime.Lasting(StartTimeMs, EndTimeMs, Status == JobStatus.Executing, Job);

    /// <summary>Estimate and description of the phase (API field <c>taskExecutorBrief</c>).</summary>
    public TaskBrief? TaskExecutorBrief { get; internal set; }

    /// <summary>Sub-jobs of the phase (API field <c>tasks</c>), in order of execution.</summary>
    public IReadOnlyList<JobTask> Tasks { get; internal set; } = ItemList<JobTask>.Empty;

    /// <summary>The server's own text of <see cref="Status"/>.</summary>
    public string? StatusText { get; internal set; }

    /// <summary>Fields that the server sent and this version does not know, as plain values; empty as a rule.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties => UnknownFields ?? FieldMap.None;

    /// <summary>The job that it was read with.</summary>
    internal EngineJob? Job { get; set; }

    internal long StartTimeMs { get; set; }

    internal long EndTimeMs { get; set; }

    internal FieldMap? UnknownFields { get; set; }

    /// <summary>The phase in a few words.</summary>
    /// <returns>For example <c>resourcePrepare Finished</c>.</returns>
    public override string ToString() => $"{TaskName} {StatusText}";
}
