using CseJobs.Client;
using CseJobs.Client.Waiting;

namespace CseJobs;

/// <summary>Something that has happened on an engine, as a watch has seen it.</summary>
public sealed class JobChange
{
    private JobChange(JobChangeKind kind, DateTimeOffset time, CseClient? reader, string engineId, string? engineName, string what)
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

    /// <summary>Where a job is: no change, but what comes first.</summary>
    /// <param name="job">The job as it was read.</param>
    /// <param name="now">The present.</param>
    /// <returns>One of kind <see cref="JobChangeKind.Current"/>.</returns>
    public static JobChange Current(EngineJob job, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        return Of(new JobStep(JobChangeKind.Current), job, now, job.Reader, job.EngineId ?? string.Empty, job.EngineName);
    }

    /// <summary>What has happened to a job between two readings of it, in order.</summary>
    /// <param name="before">The first; null for a job of which nothing was known.</param>
    /// <param name="after">The second.</param>
    /// <param name="now">The present: when it was seen.</param>
    /// <returns>The changes; none when both readings tell the same.</returns>
    public static IReadOnlyList<JobChange> Between(EngineJob? before, EngineJob after, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        return [.. JobStage.Between(before, after).Select(step => Of(step, after, now, after.Reader, after.EngineId ?? string.Empty, after.EngineName))];
    }

    internal static JobChange Of(JobStep step, EngineJob? job, DateTimeOffset now, CseClient? reader, string engineId, string? engineName) =>
        new(step.Kind, now, reader, engineId, engineName, JobStage.Describe(step, job, now)) { Job = job, Phase = job is null ? null : JobStage.PhaseOf(step, job)?.TaskName };

    /// <summary>Who saw it; see <see cref="CseClient.ReaderOf"/>.</summary>
    internal CseClient? Reader { get; }

    /// <summary>The change in one line.</summary>
    /// <returns>For example <c>prod-orders 84308 Finished after 0:14:04</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EngineName ?? EngineId} {JobId} {What}");
}
