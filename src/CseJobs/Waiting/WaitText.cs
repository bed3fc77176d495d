using System.Text;
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
        var text = new StringBuilder(Name(tracked));
        text.Append(job.Status == JobStatus.Timeout ? " timed out" : " failed");
        AppendStep(text, step);
        IReadOnlyList<string> lines = LogTail.Of(step.Task?.Log);
        if (lines.Count == 0)
        {
            text.Append(step.Task is null ? ". The server names no sub-job that failed." : ". Its log is empty.");
            return text.ToString();
        }

        text.Append(". The end of its log:");
        foreach (string line in lines)
            text.Append('\n').Append("  ").Append(Cut(SafeText.CleanLine(line.TrimEnd())));

        return text.ToString();
    }

    /// <summary>That the time of the wait was up, and where the job stood.</summary>
    public static string TimedOut(TrackedJob tracked, TimeSpan timeout)
    {
        var text = new StringBuilder();
        text.AppendFormat(CultureInfo.InvariantCulture, "{0} had not ended after {1:N0} seconds. ", Name(tracked), timeout.TotalSeconds);
        if (tracked.IsRead)
        {
            EngineJob job = tracked.Job;
            text.Append("It was last seen ").Append(Status(job));
            AppendStep(text, job.Status is JobStatus.Error or JobStatus.Timeout ? CurrentStep.Failed(job) : CurrentStep.Running(job));
            text.Append(", and goes on.");
        }
        else
        {
            text.Append("Its state is not known: it could not be read.");
        }

        if (tracked.ReadError is { } error)
            text.Append(" Lately it could not be read: ").Append(error.Message);

        return text.ToString();
    }

    /// <summary>How far a job is, in one line; a narrow console cuts its end, so what matters least stands there.</summary>
    public static string Progress(EngineJob job, JobProgress progress)
    {
        var text = new StringBuilder(Status(job));
        if (progress.Elapsed is { } elapsed)
            text.Append(' ').Append(Clock(elapsed));

        CurrentStep step = CurrentStep.Running(job);
        if (step.Phase is { } phase)
            text.AppendFormat(CultureInfo.InvariantCulture, ", phase {0} of {1} {2}", step.Number, step.Count, Line(phase.TaskName));

        if (step.Task is { } task)
            text.Append(": ").Append(StepName.Short(Line(task.TaskName)));

        return text.ToString();
    }

    /// <summary>The job in a few words: <c>Job 5 (Upgrade) of engine x</c>.</summary>
    public static string Name(TrackedJob tracked) => $"{ShortName(tracked)} of engine {SafeText.CleanLine(tracked.EngineId)}";

    /// <summary>The same without the engine.</summary>
    public static string ShortName(TrackedJob tracked)
    {
        string? type = tracked.Job.TypeText;
        string id = tracked.Id.ToString(CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(type) ? $"Job {id}" : $"Job {id} ({SafeText.Quote(type!)})";
    }

    public static string Status(EngineJob job) => string.IsNullOrEmpty(job.StatusText) ? "without a status" : SafeText.Quote(job.StatusText!);

    private static void AppendStep(StringBuilder text, CurrentStep step)
    {
        if (step.Phase is { } phase)
        {
            text.AppendFormat(
                CultureInfo.InvariantCulture, " in phase {0} of {1} '{2}' ({3})", step.Number, step.Count, Line(phase.TaskName), Line(phase.StatusText));
        }

        if (step.Task is { } task)
            text.AppendFormat(CultureInfo.InvariantCulture, " at sub-job '{0}' ({1})", Line(task.TaskName), Line(task.StatusText));
    }

    private static string Line(string? text) => string.IsNullOrEmpty(text) ? "-" : SafeText.Quote(text!);

    private static string Cut(string line) => line.Length <= MaxLine ? line : string.Concat(line.AsSpan(0, MaxLine), "…");

    private static string Clock(TimeSpan span) => span.Days > 0
        ? span.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
        : span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
