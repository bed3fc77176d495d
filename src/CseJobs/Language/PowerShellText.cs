using System.Management.Automation.Language;

namespace CseJobs.Language;

/// <summary>Texts as PowerShell reads them on a command line.</summary>
internal static class PowerShellText
{
    /// <summary>A text as an argument of a command: as it is when PowerShell reads it as one word, else in single quotes.</summary>
    public static string AsArgument(string value) => IsWord(value) ? value : Quoted(value);

    /// <summary>
    /// A text in single quotes, where the quote is the only character that needs escaping: in double quotes PowerShell expands
    /// variables and subexpressions, and ends the text at typographic quotes.
    /// </summary>
    public static string Quoted(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";

    // A text that begins with a dash would be read as a parameter.
    private static bool IsWord(string value) =>
        value.Length > 0 && char.IsLetterOrDigit(value[0]) && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
}

/// <summary>Values as the engine passes them.</summary>
internal static class PowerShellValue
{
    /// <summary>The value without the PSObject around it, if there is one.</summary>
    public static object? Bare(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
