using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using CseJobs.Client.Json;

namespace CseJobs;

/// <summary>
/// One job of a microservice engine. The same type comes from both calls: an item of the job list has flat
/// <see cref="Tasks"/> and no <see cref="Phases"/>, a job read by its id has both.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = "Ordered for Sort-Object; == on jobs stays a question of identity.")]
public sealed class EngineJob : IComparable<EngineJob>, IComparable
{
    private IReadOnlyDictionary<string, object?>? _additionalProperties;

    [JsonConstructor]
    internal EngineJob()
    {
    }

    /// <summary>Job id (API field <c>id</c>), unique within its engine.</summary>
    [JsonInclude, JsonRequired, JsonConverter(typeof(IdConverter))]
    public long Id { get; internal set; }

    /// <summary>Id of the engine that the job works on (API field <c>engineId</c>), a UUID.</summary>
    [JsonInclude]
    public string? EngineId { get; internal set; }

    /// <summary>What the job does (API field <c>type</c>); <see cref="JobType.Unknown"/> for a value this version does not know.</summary>
    [JsonIgnore]
    public JobType Type => OpenEnum.ToJobType(TypeText);

    /// <summary>State of the job (API field <c>status</c>); <see cref="JobStatus.Unknown"/> for a value this version does not know.</summary>
    [JsonIgnore]
    public JobStatus Status => OpenEnum.ToJobStatus(StatusText);

    /// <summary>Description (API field <c>description</c>), often empty.</summary>
    [JsonInclude]
    public string? Description { get; internal set; }

    /// <summary>Whether the job is being executed right now (API field <c>scheduling</c>, 0 or 1). Not a test of completion: use <see cref="Status"/>.</summary>
    [JsonInclude, JsonConverter(typeof(FlagConverter))]
    public bool Scheduling { get; internal set; }

    /// <summary>Who created the job (API field <c>createUser</c>).</summary>
    [JsonInclude]
    public string? CreateUser { get; internal set; }

    /// <summary>Start (API field <c>startTime</c>, epoch milliseconds) in local time; null when the job has not started.</summary>
    [JsonIgnore]
    public DateTime? StartTime => WireTime.ToLocal(StartTimeMs);

    /// <summary>End (API field <c>endTime</c>, epoch milliseconds) in local time; null when the job has not ended.</summary>
    [JsonIgnore]
    public DateTime? EndTime => WireTime.ToLocal(EndTimeMs);

    /// <summary>From start to end, computed from the API's millisecond values; null while either is missing.</summary>
    [JsonIgnore]
    public TimeSpan? Duration => WireTime.Between(StartTimeMs, EndTimeMs);

    /// <summary>Execution context of the job (API field <c>context</c>); free text of the server.</summary>
    [JsonInclude]
    public string? Context { get; internal set; }

    /// <summary>The phases with their sub-jobs, in the server's order. Filled when the job is read by its id; empty for most list items.</summary>
    [JsonIgnore]
    public IReadOnlyList<JobPhase> Phases => Steps?.Phases ?? ItemList<JobPhase>.Empty;

    /// <summary>All sub-jobs, flat, in order of execution (API field <c>taskOrder</c>), whether the server nested them in phases or not.</summary>
    [JsonIgnore]
    public IReadOnlyList<JobTask> Tasks => Steps?.Tasks ?? ItemList<JobTask>.Empty;

    /// <summary>The server's own text of <see cref="Status"/>.</summary>
    [JsonInclude, JsonPropertyName("status")]
    public string? StatusText { get; internal set; }

    /// <summary>The server's own text of <see cref="Type"/>.</summary>
    [JsonInclude, JsonPropertyName("type")]
    public string? TypeText { get; internal set; }

    /// <summary>Fields that the server sent and this version does not know, as plain values; empty as a rule.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> AdditionalProperties =>
        _additionalProperties ??= PlainValue.FromExtensionData(ExtensionData);

    [JsonInclude, JsonPropertyName("startTime")]
    internal long? StartTimeMs { get; set; }

    [JsonInclude, JsonPropertyName("endTime")]
    internal long? EndTimeMs { get; set; }

    [JsonInclude, JsonPropertyName("tasks"), JsonConverter(typeof(JobStepsConverter))]
    internal JobSteps? Steps { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? ExtensionData { get; set; }

    /// <summary>Orders jobs by start (those not started last), then by id.</summary>
    /// <param name="other">The job to compare with.</param>
    /// <returns>Less than zero when this job comes first.</returns>
    public int CompareTo(EngineJob? other)
    {
        if (other is null)
        {
            return 1;
        }

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
