using CseJobs.Client;

namespace CseJobs;

/// <summary>Something that has happened on an engine, as a watch has seen it.</summary>
public sealed class JobChange
{
    internal JobChange(JobChangeKind kind, DateTimeOffset time, CseClient? reader, string engineId, string? engineName, string what)
    {
        (Kind, Time, Reader, EngineId, EngineName, What) = (kind, time.LocalDateTime, reader, engineId, engineName, what);
    }

    /// <summary>When it was seen, in local time.</summary>
    public DateTime Time { get; }

    /// <summary>What has happened.</summary>
    public JobChangeKind Kind { get; }

    /// <summary>Name of the engine; null when it is not known.</summary>
    public string? EngineName { get; }

    /// <summary>Id of the engine.</summary>
    public string EngineId { get; }

    /// <summary>Id of the job; null where an engine itself came or went.</summary>
    public long? JobId => Job?.Id;

    /// <summary>Type of the job; null without one.</summary>
    public JobType? Type => Job?.Type;

    /// <summary>State of the job; null without one.</summary>
    public JobStatus? Status => Job?.Status;

    /// <summary>Name of the phase at which the job is (API field <c>taskName</c>), or at which it has failed; null when it shows none.</summary>
    public string? Phase { get; internal init; }

    /// <summary>The sub-job that runs or has failed, as <see cref="EngineJob.Step"/> names it.</summary>
    public string? Step => Job?.Step;

    /// <summary>What has happened, in a few words: <c>phase 2 of 4 engineUpgrade: ControlPlane (~2 min left)</c>, <c>Finished after 0:14:04</c>.</summary>
    public string What { get; }

    /// <summary>The job as it was read then, with its phases; null where an engine itself came or went.</summary>
    public EngineJob? Job { get; internal init; }

    /// <summary>Who saw it; see <see cref="CseClient.ReaderOf"/>.</summary>
    internal CseClient? Reader { get; }

    /// <summary>The change in one line.</summary>
    /// <returns>For example <c>prod-orders 84308 Finished after 0:14:04</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EngineName ?? EngineId} {JobId} {What}");
}
