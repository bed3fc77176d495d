using System.Collections;
using System.Text.RegularExpressions;

namespace CseJobs.Formatting;

/// <summary>Reads the properties that the views show, from live objects and from deserialised ones.</summary>
internal static class ViewValue
{
    private static readonly Regex LineBreaks = new(@" ?[\r\n\t\u2028\u2029]+", RegexOptions.CultureInvariant);

    /// <summary>The value of a property; null when there is none.</summary>
    public static object? Of(PSObject item, string property) => item.Properties[property]?.Value.Bare();

    public static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;

    public static string OneLine(PSObject item, string property) => OneLine(Text(item, property));

    /// <summary>A text in one line: line breaks and tabs become a blank.</summary>
    public static string OneLine(string text) =>
        LineBreaks.IsMatch(text) ? LineBreaks.Replace(text, match => match.Index == 0 ? string.Empty : " ").TrimEnd() : text;

    public static DateTime? Time(PSObject item, string property) => Of(item, property) as DateTime?;

    public static JobStatus Status(PSObject item) =>
        LanguagePrimitives.TryConvertTo(Of(item, "Status"), out JobStatus status) ? status : JobStatus.Unknown;

    /// <summary>The objects in a property that holds a list.</summary>
    public static IEnumerable<PSObject> Items(PSObject item, string property) =>
        Of(item, property) is IEnumerable list and not string
            ? list.Cast<object?>().Where(entry => entry is not null).Select(PSObject.AsPSObject)
            : [];
}

/// <summary>Names of phases and sub-jobs.</summary>
internal static class StepName
{
    private const string Ending = "TaskExecutor";

    /// <summary>A name without the ending that all sub-jobs share, so that what tells them apart is not cut.</summary>
    public static string Short(string name) =>
        name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;
}

/// <summary>The end of a sub-job's log: that is where the reason of a failure stands.</summary>
internal static class LogTail
{
    private const int MaxLines = 5;

    private static readonly string[] LineEnds = ["\r\n", "\n"];

    /// <summary>The last lines that are not empty, as the server sent them.</summary>
    public static IReadOnlyList<string> Of(string? log) =>
        (log ?? string.Empty).Split(LineEnds, StringSplitOptions.RemoveEmptyEntries).TakeLast(MaxLines).ToArray();
}
