namespace CseJobs.Client.Waiting;

/// <summary>One step of a job, or of an engine.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Phase">Number of the phase that was gone on to, from 1; 0 for another kind.</param>
internal readonly record struct JobStep(JobChangeKind Kind, int Phase = 0);

/// <summary>What is told of a job that goes on: its state, phase and sub-job, and the steps from one reading of it to the next.</summary>
internal static class JobStage
{
    /// <summary>What has happened between two readings of a job, in order; the first may be missing. Phases that were passed in between are told, sub-jobs are not.</summary>
    public static IEnumerable<JobStep> Between(EngineJob? before, EngineJob after)
    {
        bool isOver = IsOver(after);
        int phase = before is null || IsWaiting(before) ? 1 : Reached(before);
        if (before is null && IsWaiting(after))
        {
            yield return new(JobChangeKind.Appeared);
        }
        else if (before is not null && IsOver(before))
        {
            // One that has ended once more was tried again meanwhile: its end, at least, is another.
            if (isOver && after.Status == before.Status && after.EndTimeMs == before.EndTimeMs)
                yield break;

            yield return new(JobChangeKind.Retried);
        }
        else if ((before is null || IsWaiting(before)) && !IsWaiting(after))
        {
            yield return new(JobChangeKind.Began);
        }

        // Of one that began and ended meanwhile, that it did is told.
        bool isShort = isOver && (before is null || IsWaiting(before));
        int reached = isShort ? phase : Reached(after);
        for (int next = phase + 1; next <= reached; next++)
            yield return new(JobChangeKind.Phase, next);

        if (isOver)
            yield return new(JobChangeKind.Ended);
        else if (before is { } old && !IsWaiting(old) && !IsOver(old) && reached <= phase && Task(after) is { } now && now != Task(old))
            yield return new(JobChangeKind.Step);
    }

    /// <summary>What is said of such a step; of an engine without a job.</summary>
    public static string Describe(JobStep step, EngineJob? job, DateTimeOffset now) => step.Kind switch
    {
        JobChangeKind.EngineAppeared => "the engine is new",
        JobChangeKind.EngineGone => "the engine is gone",
        JobChangeKind.Appeared => "appeared" + By(job!),
        JobChangeKind.Began => "began" + By(job!),
        JobChangeKind.Retried => "runs again",
        JobChangeKind.Ended => End(job!),
        JobChangeKind.Current when IsWaiting(job!) => "has not begun" + By(job!),

        // One that is over already.
        JobChangeKind.Phase when IsOver(job!) || step.Phase < CurrentStep.Running(job!).Number => CurrentStep.Describe(job!, step.Phase),
        _ => Place(job!, now),
    };

    /// <summary>The phase that a step is about: the one that was gone on to, that runs, or that has failed.</summary>
    public static JobPhase? PhaseOf(JobStep step, EngineJob job) => step.Phase > 0 ? job.Phases[step.Phase - 1]
        : job.Failed ? CurrentStep.Failed(job).Phase
        : IsOver(job) || IsWaiting(job) ? null : CurrentStep.Running(job).Phase;

    /// <summary>Whether a job has not begun.</summary>
    public static bool IsWaiting(EngineJob job) => job.Status is JobStatus.PreInit or JobStatus.Init;

    /// <summary>Whether a job has come to its end, well or not.</summary>
    public static bool IsOver(EngineJob job) => job.Status is JobStatus.Finished or JobStatus.Error or JobStatus.Timeout;

    /// <summary>Where a job is that goes on, and how long it may still take.</summary>
    public static string Place(EngineJob job, DateTimeOffset now)
    {
        string place = CurrentStep.Describe(job);
        string left = JobProgress.Of(job, now).RemainingText is { } text ? $" ({text})" : string.Empty;
        return (place.Length > 0 ? place : CurrentStep.Shown(job.StatusText)) + left;
    }

    /// <summary>The last phase that has begun; 1 for a job that shows none.</summary>
    private static int Reached(EngineJob job) =>
        Math.Max(1, job.Phases.Select((phase, index) => WireTime.Normalize(phase.StartTimeMs) is not null || phase.Status is not (JobStatus.Init or JobStatus.PreInit or JobStatus.Unknown) ? index + 1 : 0).DefaultIfEmpty().Max());

    private static long? Task(EngineJob job) => CurrentStep.Running(job).Task?.Id;

    private static string End(EngineJob job)
    {
        string after = job.Duration is { } span ? " after " + JobProgress.Clock(span) : string.Empty;
        string why = job.Failed ? string.Concat(new[] { job.Step, job.Reason }.Where(text => text is not null).Select(text => ": " + SafeText.Clean(text!))) : string.Empty;
        return CurrentStep.Shown(job.StatusText) + after + why;
    }

    private static string By(EngineJob job) => string.IsNullOrWhiteSpace(job.CreateUser) ? string.Empty : ", by " + SafeText.Quote(job.CreateUser);
}
