using System.Management.Automation.Language;

namespace CseJobs.Language;

/// <summary>Values as PowerShell reads them on a command line.</summary>
internal static class PowerShellText
{
    /// <summary>A value as it can stand behind a command: bare where PowerShell takes it for one word and nothing else, else in single quotes.</summary>
    public static string AsArgument(string value) => IsWord(value) ? value : Quoted(value);

    /// <summary>
    /// A value in single quotes, which know no escapes but themselves: in double ones there are variables, subexpressions and
    /// typographic quotes that end the text.
    /// </summary>
    public static string Quoted(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";

    // With a dash at its head it would be a parameter.
    private static bool IsWord(string value) =>
        value.Length > 0 && char.IsLetterOrDigit(value[0]) && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
}
