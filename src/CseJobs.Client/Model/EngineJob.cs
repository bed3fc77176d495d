using CseJobs.Client;
using System.Diagnostics.CodeAnalysis;

namespace CseJobs;

/// <summary>
/// One job of a microservice engine. The same type comes from both calls: an item of the job list has flat
/// <see cref="Tasks"/> and no <see cref="Phases"/>, a job read by its id has both.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = "Ordered for Sort-Object; == on jobs stays a question of identity.")]
public sealed class EngineJob : IComparable<EngineJob>, IComparable
{
    internal EngineJob() { }

    /// <summary>Job id (API field <c>id</c>), unique within its engine.</summary>
    public long Id { get; internal set; }

    /// <summary>Id of the engine that the job works on (API field <c>engineId</c>), a UUID.</summary>
    public string? EngineId { get; internal set; }

    /// <summary>What the job does (API field <c>type</c>); <see cref="JobType.Unknown"/> for a value this version does not know.</summary>
    public JobType Type => OpenEnum.ToJobType(TypeText);

    /// <summary>State of the job (API field <c>status</c>); <see cref="JobStatus.Unknown"/> for a value this version does not know.</summary>
    public JobStatus Status => OpenEnum.ToJobStatus(StatusText);

    /// <summary>Description (API field <c>description</c>), often empty.</summary>
    public string? Description { get; internal set; }

    /// <summary>Whether the job is being executed right now (API field <c>scheduling</c>, 0 or 1). Not a test of completion: use <see cref="Status"/>.</summary>
    public bool Scheduling { get; internal set; }

    /// <summary>Who created the job (API field <c>createUser</c>).</summary>
    public string? CreateUser { get; internal set; }

    /// <summary>Start (API field <c>startTime</c>, epoch milliseconds) in local time; null when the job has not started.</summary>
    public DateTime? StartTime => WireTime.ToLocal(StartTimeMs);

    /// <summary>End (API field <c>endTime</c>, epoch milliseconds) in local time; null when the job has not ended.</summary>
    public DateTime? EndTime => WireTime.ToLocal(EndTimeMs);

    /// <summary>
    /// From start to end, computed from the API's millisecond values; null before the start. While the job runs it grows, by the clock of
    /// the client that read it.
    /// </summary>
    public TimeSpan? Duration => WireTime.Lasting(StartTimeMs, EndTimeMs, IsRunning, this);

    /// <summary><see cref="Duration"/> in seconds, to the millisecond.</summary>
    public double? DurationSeconds => Duration is { } span ? Math.Round(span.TotalSeconds, 3) : null;

    /// <summary>
    /// Name of the engine that the job works on: as the client that read the job has read it of engines, else as sub-jobs tell it
    /// (API field <c>engineName</c>). Null when neither is known.
    /// </summary>
    public string? EngineName { get; internal set; }

    /// <summary>
    /// Name of the first sub-job, or else phase, that runs or has failed, in one line and without the ending <c>TaskExecutor</c> that all
    /// share. Null when the job has ended well or not begun.
    /// </summary>
    public string? Step => JobStory.Step(this);

    /// <summary>
    /// Why the job failed, in one line: the last error in the log of the first sub-job that failed, or else the log's last line, without
    /// time and level; without a log what its output says, or the job's description. Null when the job has not failed, and where a list
    /// has no sub-jobs.
    /// </summary>
    public string? Reason => JobStory.Reason(this);

    /// <summary>Whether the job has failed: it is at <see cref="JobStatus.Error"/> or <see cref="JobStatus.Timeout"/>.</summary>
    public bool Failed => Status is JobStatus.Error or JobStatus.Timeout;

    /// <summary>Whether the job is at work: <see cref="JobStatus.Executing"/>, or <see cref="JobStatus.Init"/>, when it waits for its first step.</summary>
    public bool IsRunning => Status is JobStatus.Executing or JobStatus.Init;

    /// <summary>Execution context of the job (API field <c>context</c>); free text of the server.</summary>
    public string? Context { get; internal set; }

    /// <summary>The phases with their sub-jobs, in the server's order. Filled when the job is read by its id; empty for most list items.</summary>
    public IReadOnlyList<JobPhase> Phases { get; internal set; } = ItemList<JobPhase>.Empty;

    /// <summary>All sub-jobs, flat, in order of execution (API field <c>taskOrder</c>), whether the server nested them in phases or not.</summary>
    public IReadOnlyList<JobTask> Tasks { get; internal set; } = ItemList<JobTask>.Empty;

    /// <summary>The server's own text of <see cref="Status"/>.</summary>
    public string? StatusText { get; internal set; }

    /// <summary>The server's own text of <see cref="Type"/>.</summary>
    public string? TypeText { get; internal set; }

    /// <summary>Fields that the server sent and this version does not know, as plain values; empty as a rule.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties => UnknownFields ?? FieldMap.None;

    /// <summary>Who read it; see <see cref="CseClient.ReaderOf"/>.</summary>
    internal CseClient? Reader { get; set; }

    internal long StartTimeMs { get; set; }

    internal long EndTimeMs { get; set; }

    internal FieldMap? UnknownFields { get; set; }

    /// <summary>Orders jobs by start (those not started last), then by id.</summary>
    /// <param name="other">The job to compare with.</param>
    /// <returns>Less than zero when this job comes first.</returns>
    public int CompareTo(EngineJob? other)
    {
        if (other is null)
            return 1;

        int byStart = (WireTime.Normalize(StartTimeMs) ?? long.MaxValue).CompareTo(WireTime.Normalize(other.StartTimeMs) ?? long.MaxValue);
        return byStart != 0 ? byStart : Id.CompareTo(other.Id);
    }

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        EngineJob other => CompareTo(other),
        _ => throw new ArgumentException("An EngineJob can be compared with an EngineJob only.", nameof(obj)),
    };

    /// <summary>The job in a few words.</summary>
    /// <returns>For example <c>12339 Create Finished</c>.</returns>
    public override string ToString() => $"{Id} {TypeText} {StatusText}";
}
