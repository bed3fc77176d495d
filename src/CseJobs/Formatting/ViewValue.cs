using System;
using System.Management.Automation;

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

    private static object? Inner(PSObject item, string property)
    {
        object? value = item.Properties[property]?.Value;
        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }
}
