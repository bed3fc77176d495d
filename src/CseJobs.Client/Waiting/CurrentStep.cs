namespace CseJobs.Client.Waiting;

/// <summary>Where a job stands: the phase and the sub-job that run, or that have failed.</summary>
/// <param name="Number">Number of the phase, from 1; 0 for a job that shows none.</param>
/// <param name="Count">How many phases the job has.</param>
/// <param name="Phase">The phase; null for a job that shows none.</param>
/// <param name="Task">The sub-job; null when none runs or has failed.</param>
public sealed record CurrentStep(int Number, int Count, JobPhase? Phase, JobTask? Task)
{
    /// <summary>The phase and sub-job at work; between two, the phase that comes next.</summary>
    /// <param name="job">A job that goes on.</param>
    /// <returns>Where it stands.</returns>
    public static CurrentStep Running(EngineJob job)
    {
        CurrentStep step = Find(job, status => status == JobStatus.Executing);
        return step is { Phase: null, Task: null } ? At(job, job.Phases.FirstOrDefault(phase => phase.Status != JobStatus.Finished), null) : step;
    }

    /// <summary>Where a job stands, in words.</summary>
    /// <param name="job">A job that goes on.</param>
    /// <returns>For example <c>phase 2 of 4 engineUpgrade: ControlPlane</c>; empty for a job that shows neither.</returns>
    public static string Describe(EngineJob job)
    {
        CurrentStep step = Running(job);
        string phase = step.Phase is null ? string.Empty : Describe(job, step.Number);
        string task = step.Task is null || job.Step is not { } name ? string.Empty : Shown(name);
        return phase.Length > 0 && task.Length > 0 ? $"{phase}: {task}" : phase + task;
    }

    /// <summary>A phase in words; its number counts from 1.</summary>
    internal static string Describe(EngineJob job, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"phase {number} of {job.Phases.Count} {Shown(job.Phases[number - 1].TaskName)}");

    /// <summary>A name as part of a line.</summary>
    internal static string Shown(string? text) => string.IsNullOrEmpty(text) ? "-" : SafeText.Quote(text);

    /// <summary>The first phase and sub-job that failed.</summary>
    /// <param name="job">A job that has failed.</param>
    /// <returns>Where it failed.</returns>
    public static CurrentStep Failed(EngineJob job) => Find(job, status => status is JobStatus.Error or JobStatus.Timeout);

    /// <summary>States of phases and of their sub-jobs need not agree: a sub-job tells its phase, else the phase its own.</summary>
    private static CurrentStep Find(EngineJob job, Func<JobStatus, bool> isIt)
    {
        ArgumentNullException.ThrowIfNull(job);
        JobPhase? phase = job.Phases.FirstOrDefault(phase => isIt(phase.Status) || phase.Tasks.Any(task => isIt(task.Status)));
        return At(job, phase, (phase?.Tasks ?? job.Tasks).FirstOrDefault(task => isIt(task.Status)));
    }

    private static CurrentStep At(EngineJob job, JobPhase? phase, JobTask? task) =>
        new(phase is null ? 0 : job.Phases.TakeWhile(other => other != phase).Count() + 1, job.Phases.Count, phase, task);
}
