using System.Collections;
using System.Text.RegularExpressions;

namespace CseJobs.Formatting;

/// <summary>Reads the properties that the views show, from live objects and from deserialised ones.</summary>
internal static class ViewValue
{
    private static readonly Regex LineBreaks = new(@" ?[\r\n\t\u2028\u2029]+", RegexOptions.CultureInvariant);

    public static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;

    public static string OneLine(PSObject item, string property) => OneLine(Text(item, property));

    /// <summary>A text in one line: line breaks and tabs become a blank.</summary>
    public static string OneLine(string text) =>
        LineBreaks.IsMatch(text) ? LineBreaks.Replace(text, match => match.Index == 0 ? string.Empty : " ").TrimEnd() : text;

    public static DateTime? Time(PSObject item, string property) => Value(item, property) as DateTime?;

    public static TimeSpan? Span(PSObject item, string property) => Value(item, property) as TimeSpan?;

    public static JobStatus Status(PSObject item) => Value(item, "Status") switch
    {
        JobStatus status => status,
        var other => LanguagePrimitives.TryConvertTo(other, out JobStatus status) ? status : JobStatus.Unknown,
    };

    /// <summary>The object in a property; null when there is none.</summary>
    public static PSObject? Item(PSObject item, string property) =>
        item.Properties[property]?.Value is { } value ? PSObject.AsPSObject(value) : null;

    /// <summary>The objects in a property that holds a list.</summary>
    public static IEnumerable<PSObject> Items(PSObject item, string property) =>
        Value(item, property) is IEnumerable list and not string
            ? list.Cast<object?>().Where(entry => entry is not null).Select(entry => PSObject.AsPSObject(entry!))
            : Enumerable.Empty<PSObject>();

    private static object? Value(PSObject item, string property) => item.Properties[property]?.Value.Bare();
}
