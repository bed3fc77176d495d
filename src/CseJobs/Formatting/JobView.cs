using System;
using System.ComponentModel;
using System.Management.Automation;

namespace CseJobs.Formatting;

/// <summary>
/// The texts of the views, called from CseJobs.Types.ps1xml as hidden code properties: they cost a tenth of a script block.
/// Properties are read through PSObject, so that jobs back from Import-Clixml or Start-Job look the same.
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

    /// <summary>Local start time, to the minute; the list view has the seconds.</summary>
    /// <param name="item">A job, phase or sub-job.</param>
    /// <returns>The text; empty when not started.</returns>
    public static string Started(PSObject item) => ViewText.Time(ViewValue.Time(item, "StartTime"));

    /// <summary>Duration as hours, minutes and seconds.</summary>
    /// <param name="item">A job, phase or sub-job.</param>
    /// <returns>The text; empty while it is not known.</returns>
    public static string Duration(PSObject item) => ViewText.Duration(ViewValue.Span(item, "Duration"));

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

    /// <summary>A detailed job as a tree of phases and sub-jobs.</summary>
    /// <param name="item">A job.</param>
    /// <returns>The lines.</returns>
    public static string[] Tree(PSObject item) => JobTree.Draw(item);

    /// <summary>When a session's credentials expire.</summary>
    /// <param name="item">A session.</param>
    /// <returns>For example <c>in 23 h</c>; empty when that is not known.</returns>
    public static string Expires(PSObject item) => ViewText.TimeLeft(ViewValue.Time(item, "ExpiresAt") - DateTime.Now);

    /// <summary>Where a session leads: its region, else its host.</summary>
    /// <param name="item">A session.</param>
    /// <returns>The text.</returns>
    public static string Where(PSObject item) =>
        ViewValue.Text(item, "Region") is { Length: > 0 } region ? region : (item.Properties["Endpoint"]?.Value as Uri)?.Authority ?? string.Empty;
}
