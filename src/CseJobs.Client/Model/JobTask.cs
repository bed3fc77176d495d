namespace CseJobs;

/// <summary>A sub-job (API object <c>Task</c>).</summary>
public sealed class JobTask
{
    internal JobTask() { }

    /// <summary>Id of the job that the sub-job belongs to (API field <c>jobId</c>).</summary>
    public long JobId { get; internal set; }

    /// <summary>Id of the engine that the job works on: the sub-job is of no use for reading its job without it. Null for a sub-job of no known job.</summary>
    public string? EngineId => Job?.EngineId;

    /// <summary>Sub-job id (API field <c>id</c>). A number, though the API's documents speak of a UUID.</summary>
    public long Id { get; internal set; }

    /// <summary>What the sub-job does (API field <c>type</c>); <see cref="JobType.Unknown"/> for a value this version does not know.</summary>
    public JobType Type => OpenEnum.ToJobType(TypeText);

    /// <summary>Executor of the sub-job (API field <c>assigned</c>).</summary>
    public string? Assigned { get; internal set; }

    /// <summary>Name of the sub-job (API field <c>taskName</c>), <c>TenantTaskExecutor</c> for example.</summary>
    public string? TaskName { get; internal set; }

    /// <summary>Name of the engine that the sub-job works on (API field <c>engineName</c>).</summary>
    public string? EngineName { get; internal set; }

    /// <summary>Place in the order of execution (API field <c>taskOrder</c>), ascending from 0.</summary>
    public long TaskOrder { get; internal set; }

    /// <summary>State of the sub-job (API field <c>status</c>); <see cref="JobStatus.Unknown"/> for a value this version does not know.</summary>
    public JobStatus Status => OpenEnum.ToJobStatus(StatusText);

    /// <summary>Start (API field <c>startTime</c>, epoch milliseconds) in local time; null when not started.</summary>
    public DateTime? StartTime => WireTime.ToLocal(StartTimeMs);

    /// <summary>End (API field <c>endTime</c>, epoch milliseconds) in local time; null when not ended.</summary>
    public DateTime? EndTime => WireTime.ToLocal(EndTimeMs);

    /// <summary>From start to end, computed from the API's millisecond values; to now while it is executed, null before it has started.</summary>
    public TimeSpan? Duration => WireTime.Lasting(StartTimeMs, EndTimeMs, Status == JobStatus.Executing, Job);

    /// <summary>Creation (API field <c>createTime</c>, epoch milliseconds) in local time.</summary>
    public DateTime? CreateTime => WireTime.ToLocal(CreateTimeMs);

    /// <summary>Last change (API field <c>updateTime</c>, epoch milliseconds) in local time.</summary>
    public DateTime? UpdateTime => WireTime.ToLocal(UpdateTimeMs);

    /// <summary>
    /// API field <c>timeout</c> as it came ("whether a sub-job times out"; the documents show -1). What the values mean is not
    /// documented, so nothing is made of them here.
    /// </summary>
    public long Timeout { get; internal set; }

    /// <summary>Auxiliary information written during execution (API field <c>log</c>); may have several lines.</summary>
    public string? Log { get; internal set; }

    /// <summary>Output of the sub-job (API field <c>output</c>): JSON inside a string, <c>{}</c> when there is none.</summary>
    public string? Output { get; internal set; }

    /// <summary>Estimate and description of the sub-job (API field <c>taskExecutorBrief</c>).</summary>
    public TaskBrief? TaskExecutorBrief { get; internal set; }

    /// <summary>The server's own text of <see cref="Status"/>.</summary>
    public string? StatusText { get; internal set; }

    /// <summary>The server's own text of <see cref="Type"/>.</summary>
    public string? TypeText { get; internal set; }

    /// <summary>Fields that the server sent and this version does not know, as plain values; empty as a rule.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties => UnknownFields ?? FieldMap.None;

    /// <summary>The job that it was read with.</summary>
    internal EngineJob? Job { get; set; }

    internal long StartTimeMs { get; set; }

    internal long EndTimeMs { get; set; }

    internal long CreateTimeMs { get; set; }

    internal long UpdateTimeMs { get; set; }

    internal FieldMap? UnknownFields { get; set; }

    /// <summary>The sub-job in a few words.</summary>
    /// <returns>For example <c>TenantTaskExecutor Finished</c>.</returns>
    public override string ToString() => $"{TaskName} {StatusText}";
}
