using CseJobs.Client.Waiting;

namespace CseJobs.Client.Watching;

/// <summary>A job that is followed until it ends.</summary>
/// <param name="first">What its first reading tells.</param>
/// <param name="backoff">When it is read again.</param>
internal sealed class LiveJob(Func<EngineJob, IEnumerable<JobStep>> first, PollBackoff backoff)
{
    private EngineJob? _before;

    /// <summary>When it is read next; at once at first.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>The item of a list that showed it; null when none did.</summary>
    public EngineJob? Told { get; init; }

    /// <summary>One that is new: all that has happened to it is news.</summary>
    public static LiveJob New(EngineJob? told, PollBackoff backoff) => new(job => JobStage.Between(null, job), backoff) { Told = told };

    /// <summary>One that was seen at work when the watch began.</summary>
    public static LiveJob Current(bool isTold, PollBackoff backoff) => new(job => JobStage.IsOver(job) ? [new JobStep(JobChangeKind.Ended)] : isTold ? [new JobStep(JobChangeKind.Current)] : [], backoff);

    /// <summary>One that may be at work, or may have ended long ago.</summary>
    public static LiveJob Unknown(bool isTold, PollBackoff backoff) => new(job => !JobStage.IsOver(job) && isTold ? [new JobStep(JobChangeKind.Current)] : [], backoff);

    /// <summary>One that had ended and may have been tried again; how it had ended is not always known.</summary>
    public static LiveJob Again(EngineJob? before, PollBackoff backoff) =>
        new(job => before is not null ? JobStage.Between(before, job) : JobStage.IsOver(job) ? [] : [new JobStep(JobChangeKind.Retried)], backoff);

    /// <summary>Takes a reading.</summary>
    /// <returns>What has happened since the one before.</returns>
    public IReadOnlyList<JobStep> Take(EngineJob job, TimeSpan now)
    {
        JobStep[] steps = [.. _before is null ? first(job) : JobStage.Between(_before, job)];
        _before = job;
        DueAt = now + backoff.Next();
        return steps;
    }
}
