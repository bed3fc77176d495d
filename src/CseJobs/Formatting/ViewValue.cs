using System.Collections;
using System.Management.Automation;
using CseJobs.Language;

namespace CseJobs.Formatting;

/// <summary>Reads the properties that the views show, from live objects and from deserialised ones.</summary>
internal static class ViewValue
{
    public static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;

    public static string OneLine(PSObject item, string property) => ViewText.OneLine(Text(item, property));

    public static DateTime? Time(PSObject item, string property) => Inner(item, property) as DateTime?;

    public static TimeSpan? Span(PSObject item, string property) => Inner(item, property) as TimeSpan?;

    public static JobStatus Status(PSObject item) => item.BaseObject switch
    {
        EngineJob job => job.Status,
        JobPhase phase => phase.Status,
        JobTask task => task.Status,
        _ => LanguagePrimitives.TryConvertTo(Inner(item, "Status"), out JobStatus status) ? status : JobStatus.Unknown,
    };

    /// <summary>The object in a property; null when there is none.</summary>
    public static PSObject? Item(PSObject item, string property) =>
        item.Properties[property]?.Value is { } value ? PSObject.AsPSObject(value) : null;

    /// <summary>The objects in a property that holds a list.</summary>
    public static IReadOnlyList<PSObject> Items(PSObject item, string property) =>
        Inner(item, property) is IEnumerable list and not string
            ? list.Cast<object?>().Where(entry => entry is not null).Select(entry => PSObject.AsPSObject(entry!)).ToArray()
            : Array.Empty<PSObject>();

    private static object? Inner(PSObject item, string property) => item.Properties[property]?.Value.Bare();
}
