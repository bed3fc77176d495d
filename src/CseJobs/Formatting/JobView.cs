using System.ComponentModel;

namespace CseJobs.Formatting;

/// <summary>
/// The texts of the views of jobs, phases and sub-jobs. CseJobs.Types.ps1xml calls them as hidden code properties, which cost a
/// tenth of a script block. Live jobs and those from Import-Clixml or Start-Job look the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobView
{
    /// <summary>Status, coloured by $PSStyle.</summary>
    /// <param name="item">A job, phase or sub-job.</param>
    /// <returns>The text.</returns>
    public static string Status(PSObject item)
    {
        string text = ViewValue.Text(item, "StatusText");
        return Palette.Paint(ViewValue.Status(item), text.Length == 0 ? "-" : text);
    }

    /// <summary>Type, in the server's words.</summary>
    /// <param name="item">A job or sub-job.</param>
    /// <returns>The text.</returns>
    public static string Type(PSObject item) => ViewValue.OneLine(item, "TypeText");

    /// <summary>How long ago the job began; the list view has the exact time.</summary>
    /// <param name="item">A job.</param>
    /// <returns>For example <c>3 min ago</c>; empty when not started.</returns>
    public static string Age(PSObject item) => ViewValue.Time(item, "StartTime") is { } start ? ViewTime.Age(start) : string.Empty;

    /// <summary>Local start time, to the minute; the list view has the seconds.</summary>
    /// <param name="item">A phase or sub-job.</param>
    /// <returns>The text; empty when not started.</returns>
    public static string Started(PSObject item) => ViewTime.Minute(ViewValue.Time(item, "StartTime"));

    /// <summary>Duration as hours, minutes and seconds; while a job runs, the time until now with a plus.</summary>
    /// <param name="item">A job, phase or sub-job.</param>
    /// <returns>The text; empty while it is not known.</returns>
    public static string Duration(PSObject item) => ViewValue.Status(item) == JobStatus.Executing
        ? ViewTime.InTable(ViewValue.Time(item, "StartTime") is { } start ? ViewTime.Since(start) : null, isRunning: true)
        : ViewTime.InTable(ViewValue.Span(item, "Duration"), isRunning: false);

    /// <summary>Name of the sub-job, or else of the phase, that runs or has failed, without the ending <c>TaskExecutor</c>.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The text; empty when the job has ended well or not begun.</returns>
    public static string Step(PSObject item)
    {
        JobStatus status = ViewValue.Status(item);
        PSObject? step = status is JobStatus.Finished or JobStatus.Init or JobStatus.PreInit
            ? null
            : ViewValue.Items(item, "Tasks").FirstOrDefault(IsCurrent) ?? ViewValue.Items(item, "Phases").FirstOrDefault(IsCurrent);
        return step is null ? string.Empty : StepName.Short(ViewValue.OneLine(step, "TaskName"));

        // Steps that failed do not count while the job runs, it may have been retried. Both count for a job of unknown status.
        bool IsCurrent(PSObject candidate) => ViewValue.Status(candidate) switch
        {
            JobStatus.Error or JobStatus.Timeout => status != JobStatus.Executing,
            JobStatus.Executing => status is JobStatus.Executing or JobStatus.Unknown,
            _ => false,
        };
    }

    /// <summary>Who created the job.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The text.</returns>
    public static string User(PSObject item) => ViewValue.OneLine(item, "CreateUser");

    /// <summary>Description in one line.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The text.</returns>
    public static string Description(PSObject item) => ViewValue.OneLine(item, "Description");

    /// <summary>Name of a phase or sub-job.</summary>
    /// <param name="item">A phase or sub-job.</param>
    /// <returns>The text.</returns>
    public static string Name(PSObject item) => ViewValue.OneLine(item, "TaskName");

    /// <summary>A detailed job as a timeline of its phases and sub-jobs.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The lines.</returns>
    public static string[] Timeline(PSObject item) => Formatting.Timeline.Draw(
        TimelineJob.From(item),
        ModuleClock.UtcNow,
        new TimelineStyle { Width = ConsoleCapabilities.Width, Glyphs = ConsoleCapabilities.Glyphs, Paint = Palette.Paint, Dim = Palette.Dim });
}
