using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using CseJobs.Client.Json;

namespace CseJobs;

/// <summary>A phase of a job (API object <c>TaskSteps</c>), read with the job's details.</summary>
public sealed class JobPhase
{
    private IReadOnlyDictionary<string, object?>? _additionalProperties;
    private ItemList<string>? _taskNames;
    private ItemList<JobTask>? _tasks;

    [JsonConstructor]
    internal JobPhase()
    {
    }

    /// <summary>Name of the phase (API field <c>taskName</c>), <c>resourcePrepare</c> for example.</summary>
    [JsonInclude]
    public string? TaskName { get; internal set; }

    /// <summary>Procedures contained in the phase (API field <c>taskNames</c>).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> TaskNames => _taskNames ??= TaskNameList is null ? ItemList<string>.Empty : new ItemList<string>(TaskNameList);

    /// <summary>State of the phase (API field <c>status</c>). Not reliable against the states of its sub-jobs: a finished phase can hold one that still says Init.</summary>
    [JsonIgnore]
    public JobStatus Status => OpenEnum.ToJobStatus(StatusText);

    /// <summary>Start (API field <c>startTime</c>, epoch milliseconds) in local time; null when not started.</summary>
    [JsonIgnore]
    public DateTime? StartTime => WireTime.ToLocal(StartTimeMs);

    /// <summary>End (API field <c>endTime</c>, epoch milliseconds) in local time; null when not ended.</summary>
    [JsonIgnore]
    public DateTime? EndTime => WireTime.ToLocal(EndTimeMs);

    /// <summary>From start to end, computed from the API's millisecond values; null while either is missing.</summary>
    [JsonIgnore]
    public TimeSpan? Duration => WireTime.Between(StartTimeMs, EndTimeMs);

    /// <summary>Estimate and description of the phase (API field <c>taskExecutorBrief</c>).</summary>
    [JsonInclude]
    public TaskBrief? TaskExecutorBrief { get; internal set; }

    /// <summary>Sub-jobs of the phase (API field <c>tasks</c>), in order of execution.</summary>
    [JsonIgnore]
    public IReadOnlyList<JobTask> Tasks => _tasks ??= TaskList is null ? ItemList<JobTask>.Empty : new ItemList<JobTask>(TaskList);

    /// <summary>The server's own text of <see cref="Status"/>.</summary>
    [JsonInclude, JsonPropertyName("status")]
    public string? StatusText { get; internal set; }

    /// <summary>Fields that the server sent and this version does not know, as plain values; empty as a rule.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> AdditionalProperties =>
        _additionalProperties ??= PlainValue.FromExtensionData(ExtensionData);

    [JsonInclude, JsonPropertyName("taskNames")]
    internal List<string>? TaskNameList { get; set; }

    [JsonInclude, JsonPropertyName("tasks")]
    internal List<JobTask>? TaskList { get; set; }

    [JsonInclude, JsonPropertyName("startTime")]
    internal long? StartTimeMs { get; set; }

    [JsonInclude, JsonPropertyName("endTime")]
    internal long? EndTimeMs { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? ExtensionData { get; set; }

    /// <summary>The phase in a few words.</summary>
    /// <returns>For example <c>resourcePrepare Finished</c>.</returns>
    public override string ToString() => $"{TaskName} {StatusText}";
}
