using System;
using System.Globalization;
using System.Text;

namespace CseJobs.Formatting;

/// <summary>Times, durations and texts as the views write them.</summary>
internal static class ViewText
{
    private static readonly char[] LineBreakers = { '\r', '\n', '\t', '\u2028', '\u2029' };

    /// <summary>Sortable and the same everywhere; the list view and the properties have the culture's own form.</summary>
    public static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>For example <c>0:06:04</c> or <c>2.03:00:00</c>.</summary>
    public static string Duration(TimeSpan? span)
    {
        if (span is not { } value)
        {
            return string.Empty;
        }

        string days = value.Days > 0 ? value.Days.ToString(CultureInfo.InvariantCulture) + "." : string.Empty;
        return days + value.ToString(value.Days > 0 ? @"hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>How long something still holds: <c>in 23 h</c>, <c>in 45 min</c>, <c>expired</c>.</summary>
    public static string TimeLeft(TimeSpan? left) => left switch
    {
        null => string.Empty,
        { Ticks: <= 0 } => "expired",
        { TotalHours: >= 2 } span => $"in {Math.Floor(span.TotalHours).ToString("N0", CultureInfo.InvariantCulture)} h",
        { } span => $"in {Math.Ceiling(span.TotalMinutes).ToString("N0", CultureInfo.InvariantCulture)} min",
    };

    /// <summary>Cuts a text to a width, with an ellipsis for what is gone.</summary>
    public static string Cut(string text, int width) =>
        text.Length <= width ? text : width < 2 ? string.Empty : text.Substring(0, width - 1) + "…";

    /// <summary>A text in one line: line ends and tabs become a blank.</summary>
    public static string OneLine(string text)
    {
        if (text.IndexOfAny(LineBreakers) < 0)
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool blank = Array.IndexOf(LineBreakers, c) >= 0;
            if (!blank)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[line.Length - 1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
