using CseJobs.Client.Waiting;
using CseJobs.Formatting;

namespace CseJobs.Waiting;

/// <summary>What a wait says: of jobs that failed, of jobs still open, and of progress.</summary>
internal static class WaitText
{
    private const int MaxLine = 500;

    /// <summary>Why a job failed: phase, sub-job and the end of its log, which is where the reason stands.</summary>
    public static string Failure(TrackedJob tracked)
    {
        EngineJob job = tracked.Job;
        CurrentStep step = CurrentStep.Failed(job);
        string failed = $"{Name(tracked)} {(job.Status == JobStatus.Timeout ? "timed out" : "failed")}{Place(step)}";
        failed += job.Reason is { } reason ? ": " + reason : string.Empty;
        IReadOnlyList<string> lines = LogTail.Of(step.Task?.Log);
        if (lines.Count > 0)
            return $"{failed}{Stop(failed)} The end of its log:{string.Concat(lines.Select(line => "\n  " + Cut(SafeText.CleanLine(line.TrimEnd()))))}";

        return failed + Stop(failed) + (step.Task is null ? " The server names no sub-job that failed." : " Its log is empty.");
    }

    /// <summary>That the time of the wait was up, and where the job stood.</summary>
    public static string TimedOut(TrackedJob tracked, TimeSpan timeout)
    {
        EngineJob job = tracked.Job;
        CurrentStep step = job.Failed ? CurrentStep.Failed(job) : CurrentStep.Running(job);
        string state = tracked.IsRead ? $"It was last seen {Status(job)}{Place(step)}{(job.Reason is { } reason ? $" ({reason})" : null)}, and goes on." : "Its state is not known: it could not be read.";
        string lately = tracked.ReadError is { } error ? " Lately it could not be read: " + error.Message : string.Empty;
        return FormattableString.Invariant($"{Name(tracked)} had not ended after {timeout.TotalSeconds:N0} seconds. {state}{lately}");
    }

    /// <summary>How far a job is, in one line; a narrow console cuts its end, so what matters least stands there.</summary>
    public static string Progress(EngineJob job, JobProgress progress)
    {
        string elapsed = progress.ElapsedText is { } time ? " " + time : string.Empty;
        string where = CurrentStep.Describe(job);
        string place = where.Length == 0 ? string.Empty : (CurrentStep.Running(job).Phase is null ? ": " : ", ") + where;
        string left = progress.RemainingText is { } rest ? $" ({rest})" : string.Empty;
        return Status(job) + elapsed + left + place + (job.Reason is { } reason ? ": " + reason : string.Empty);
    }

    /// <summary>The job in a few words: <c>Job 5 (Upgrade) of engine x</c>.</summary>
    public static string Name(TrackedJob tracked) => $"{ShortName(tracked.Job)} of engine {Engine(tracked)}";

    /// <summary>The engine by its name, or by its id where the name is not known.</summary>
    public static string Engine(TrackedJob tracked) =>
        SafeText.CleanLine(tracked.Job.EngineName ?? tracked.Client?.EngineNameOf(tracked.EngineId) ?? tracked.EngineId);

    /// <summary>The same without the engine.</summary>
    public static string ShortName(EngineJob job) => FormattableString.Invariant($"Job {job.Id}{(string.IsNullOrEmpty(job.TypeText) ? null : $" ({SafeText.Quote(job.TypeText)})")}");

    public static string Status(EngineJob job) => string.IsNullOrEmpty(job.StatusText) ? "without a status" : SafeText.Quote(job.StatusText);

    private static string Place(CurrentStep step)
    {
        string phase = step.Phase is { } p
            ? FormattableString.Invariant($" in phase {step.Number} of {step.Count} '{Line(p.TaskName)}' ({Line(p.StatusText)})")
            : string.Empty;
        return step.Task is { } task ? $"{phase} at sub-job '{Line(task.TaskName)}' ({Line(task.StatusText)})" : phase;
    }

    private static string Stop(string sentence) => sentence.EndsWith('.') ? string.Empty : ".";

    private static string Line(string? text) => string.IsNullOrEmpty(text) ? "-" : SafeText.Quote(text);

    private static string Cut(string line) => line.Length <= MaxLine ? line : string.Concat(line.AsSpan(0, MaxLine), "…");
}
