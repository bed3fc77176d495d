using System.ComponentModel;
using System.Management.Automation;
using CseJobs.Client.Text;

namespace CseJobs.Formatting;

/// <summary>
/// The texts of the views, called from CseJobs.Types.ps1xml as hidden code properties: they cost a tenth of a script block.
/// Live jobs and those back from Import-Clixml or Start-Job look the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobView
{
    /// <summary>Status, coloured by $PSStyle.</summary>
    /// <param name="item">A job, phase or sub-job.</param>
    /// <returns>The text.</returns>
    public static string Status(PSObject item)
    {
        string text = JobColumns.StatusText(item);
        return Palette.Paint(ViewValue.Status(item), text.Length == 0 ? "-" : text);
    }

    /// <summary>Type, in the server's words.</summary>
    /// <param name="item">A job or sub-job.</param>
    /// <returns>The text.</returns>
    public static string Type(PSObject item) => JobColumns.Type(item);

    /// <summary>How long ago the job began; the list view has the exact time.</summary>
    /// <param name="item">A job.</param>
    /// <returns>For example <c>3 min ago</c>; empty when not started.</returns>
    public static string Age(PSObject item) => JobColumns.Age(item) is { } age ? ViewTime.Age(age) : string.Empty;

    /// <summary>Local start time, to the minute; the list view has the seconds.</summary>
    /// <param name="item">A phase or sub-job.</param>
    /// <returns>The text; empty when not started.</returns>
    public static string Started(PSObject item) => ViewTime.Minute(JobColumns.Start(item));

    /// <summary>Duration as hours, minutes and seconds; what runs has its time until now, with a plus.</summary>
    /// <param name="item">A job, phase or sub-job.</param>
    /// <returns>The text; empty while it is not known.</returns>
    public static string Duration(PSObject item)
    {
        (TimeSpan? span, bool isRunning) = JobColumns.Duration(item);
        return ViewTime.InTable(span, isRunning);
    }

    /// <summary>The step that runs or has failed, without the ending <c>TaskExecutor</c>.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The text; empty when the job has ended well or not begun.</returns>
    public static string Step(PSObject item) => StepName.Short(ViewText.OneLine(JobColumns.Step(item)));

    /// <summary>Who created the job.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The text.</returns>
    public static string User(PSObject item) => JobColumns.User(item);

    /// <summary>Description in one line.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The text.</returns>
    public static string Description(PSObject item) => JobColumns.Description(item);

    /// <summary>Name of a phase or sub-job.</summary>
    /// <param name="item">A phase or sub-job.</param>
    /// <returns>The text.</returns>
    public static string Name(PSObject item) => JobColumns.Name(item);

    /// <summary>A detailed job as a timeline of its phases and sub-jobs.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The lines.</returns>
    public static string[] Timeline(PSObject item) => Formatting.Timeline.Draw(
        TimelineReader.Read(item),
        ViewTime.UtcNow(),
        new TimelineStyle { Width = ConsoleFacts.Width, Glyphs = ConsoleFacts.Glyphs, Paint = Palette.Paint, Dim = Palette.Dim });
}
