using System.Globalization;
using System.Text;
using CseJobs.Client.Text;

namespace CseJobs.Client.Waiting;

/// <summary>What a wait says: of jobs that failed, of jobs still open, and of progress.</summary>
internal static class WaitText
{
    private const int MostLine = 500;

    /// <summary>Why a job failed: phase, sub-job and the end of its log, which is where the reason stands.</summary>
    public static string Failure(WaitedJob waited)
    {
        EngineJob job = waited.Last!;
        JobPlace place = JobPlace.Failed(job);
        var text = new StringBuilder(Name(waited));
        text.Append(job.Status == JobStatus.Timeout ? " timed out" : " failed");
        AppendPlace(text, place);
        IReadOnlyList<string> lines = LogTail.Of(place.Task?.Log);
        if (lines.Count == 0)
        {
            text.Append(place.Task is null ? ". The server names no sub-job that failed." : ". Its log is empty.");
            return text.ToString();
        }

        text.Append(". The end of its log:");
        foreach (string line in lines)
        {
            text.Append('\n').Append("  ").Append(Cut(SafeText.CleanLine(line.TrimEnd())));
        }

        return text.ToString();
    }

    /// <summary>That the time of the wait was up, and where the job stood.</summary>
    public static string TimedOut(WaitedJob waited, TimeSpan timeout)
    {
        var text = new StringBuilder();
        text.AppendFormat(CultureInfo.InvariantCulture, "{0} had not ended after {1:N0} seconds. ", Name(waited), timeout.TotalSeconds);
        if (waited.Last is { } job)
        {
            text.Append("It was last seen ").Append(Status(job));
            AppendPlace(text, job.Status is JobStatus.Error or JobStatus.Timeout ? JobPlace.Failed(job) : JobPlace.Running(job));
            text.Append(", and goes on.");
        }
        else
        {
            text.Append("Its state is not known: it could not be read.");
        }

        if (waited.LastMiss is { } miss)
        {
            text.Append(" Lately it could not be read: ").Append(miss.Message);
        }

        return text.ToString();
    }

    /// <summary>How far a job is, in one line; a narrow console cuts its end, so what matters least stands there.</summary>
    public static string Progress(WaitedJob waited, JobProgress progress)
    {
        var text = new StringBuilder(Status(waited.Last!));
        if (progress.Elapsed is { } elapsed)
        {
            text.Append(' ').Append(Clock(elapsed));
        }

        JobPlace place = progress.Place;
        if (place.Phase is { } phase)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, ", phase {0} of {1} {2}", place.Number, place.Count, Line(phase.TaskName));
        }

        if (place.Task is { } task)
        {
            text.Append(": ").Append(StepName.Short(Line(task.TaskName)));
        }

        return text.ToString();
    }

    /// <summary>The job in a few words: <c>Job 5 (Upgrade) of engine x</c>.</summary>
    public static string Name(WaitedJob waited) => $"{ShortName(waited)} of engine {SafeText.CleanLine(waited.Engine)}";

    /// <summary>The same without the engine.</summary>
    public static string ShortName(WaitedJob waited)
    {
        string? type = waited.Last?.TypeText ?? (waited.SaidType == JobType.Unknown ? null : waited.SaidType.ToString());
        string id = waited.Id.ToString(CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(type) ? $"Job {id}" : $"Job {id} ({SafeText.Quote(type!)})";
    }

    public static string Status(EngineJob job) => string.IsNullOrEmpty(job.StatusText) ? "without a status" : SafeText.Quote(job.StatusText!);

    private static void AppendPlace(StringBuilder text, JobPlace place)
    {
        if (place.Phase is { } phase)
        {
            text.AppendFormat(
                CultureInfo.InvariantCulture, " in phase {0} of {1} '{2}' ({3})", place.Number, place.Count, Line(phase.TaskName), Line(phase.StatusText));
        }

        if (place.Task is { } task)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, " at sub-job '{0}' ({1})", Line(task.TaskName), Line(task.StatusText));
        }
    }

    private static string Line(string? text) => string.IsNullOrEmpty(text) ? "-" : SafeText.Quote(text!);

    private static string Cut(string line) => line.Length <= MostLine ? line : string.Concat(line.AsSpan(0, MostLine), "…");

    private static string Clock(TimeSpan span) => span.Days > 0
        ? span.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
        : span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
