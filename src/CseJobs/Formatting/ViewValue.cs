using System.Collections;

namespace CseJobs.Formatting;

/// <summary>Reads the properties that the views show, from live objects and from deserialised ones.</summary>
internal static class ViewValue
{
    /// <summary>The value of a property; null when there is none.</summary>
    public static object? Of(PSObject item, string property) => item.Properties[property]?.Value.Bare();

    public static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;

    public static string OneLine(PSObject item, string property) => SafeText.OneLine(Text(item, property));

    public static DateTime? Time(PSObject item, string property) => Of(item, property) as DateTime?;

    public static JobStatus Status(PSObject item) =>
        LanguagePrimitives.TryConvertTo(Of(item, "Status"), out JobStatus status) ? status : JobStatus.Unknown;

    /// <summary>The engine of a job by its name, or by its id where the name is not known.</summary>
    public static string Engine(PSObject job) => OneLine(job, "EngineName") is { Length: > 0 } name ? name : OneLine(job, "EngineId");

    /// <summary>The objects in a property that holds a list.</summary>
    public static IEnumerable<PSObject> Items(PSObject item, string property) =>
        Of(item, property) is IEnumerable list and not string
            ? list.Cast<object?>().Where(entry => entry is not null).Select(PSObject.AsPSObject)
            : [];
}

/// <summary>The end of a sub-job's log: that is where the reason of a failure stands.</summary>
internal static class LogTail
{
    private static readonly string[] LineEnds = ["\r\n", "\n"];

    /// <summary>The last lines that are not empty, as the server sent them.</summary>
    public static IReadOnlyList<string> Of(string? log, int lines = 5) =>
        (log ?? string.Empty).Split(LineEnds, StringSplitOptions.RemoveEmptyEntries).TakeLast(lines).ToArray();
}
