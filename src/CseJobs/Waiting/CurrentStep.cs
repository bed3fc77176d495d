namespace CseJobs.Waiting;

/// <summary>Where a job stands: the phase and the sub-job that run, or that have failed.</summary>
/// <param name="Number">Number of the phase, from 1; 0 when the job shows none.</param>
/// <param name="Count">How many phases there are.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Task">The sub-job; null when none runs or has failed.</param>
internal sealed record CurrentStep(int Number, int Count, JobPhase? Phase, JobTask? Task)
{
    /// <summary>The phase and sub-job at work; between two, the phase that comes next.</summary>
    public static CurrentStep Running(EngineJob job) =>
        Find(job, step => step == JobStatus.Executing) ?? Find(job, step => step != JobStatus.Finished, withTask: false) ?? None(job);

    /// <summary>The first phase and sub-job that failed.</summary>
    public static CurrentStep Failed(EngineJob job) => Find(job, step => step is JobStatus.Error or JobStatus.Timeout) ?? None(job);

    private static CurrentStep None(EngineJob job) => new(0, job.Phases.Count, null, null);

    /// <summary>States of phases and of their sub-jobs need not agree: a sub-job tells its phase, else the phase its own.</summary>
    private static CurrentStep? Find(EngineJob job, Func<JobStatus, bool> isIt, bool withTask = true)
    {
        IReadOnlyList<JobPhase> phases = job.Phases;
        for (int i = 0; i < phases.Count; i++)
        {
            JobTask? task = withTask ? phases[i].Tasks.FirstOrDefault(task => isIt(task.Status)) : null;
            if (task is not null || isIt(phases[i].Status))
                return new CurrentStep(i + 1, phases.Count, phases[i], task);
        }

        JobTask? alone = withTask ? job.Tasks.FirstOrDefault(task => isIt(task.Status)) : null;
        return alone is null ? null : new CurrentStep(0, phases.Count, null, alone);
    }
}
