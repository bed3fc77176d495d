using System.Management.Automation.Language;

namespace CseJobs.Parameters;

/// <summary>Texts as PowerShell reads them on a command line, and values as it passes them.</summary>
internal static class PowerShellText
{
    /// <summary>The value without the PSObject around it, if there is one.</summary>
    public static object? Bare(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>A text as an argument of a command: as it is when PowerShell reads it as one word, else in single quotes. One that begins with a dash would be read as a parameter.</summary>
    public static string AsArgument(string value) =>
        value.Length > 0 && char.IsLetterOrDigit(value[0]) && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? value : Quoted(value);

    /// <summary>
    /// A text in single quotes, where the quote is the only character that needs escaping: in double quotes PowerShell expands
    /// variables and subexpressions, and ends the text at typographic quotes.
    /// </summary>
    public static string Quoted(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}

/// <summary>
/// A name to look for, with or without wildcards, and whether anything has matched it. A name also matches literally, so that
/// <c>a[1]</c> finds itself; a text that is not a valid pattern matches only literally.
/// </summary>
internal sealed class NamePattern
{
    private readonly WildcardPattern? _pattern;
    private readonly string _literal;
    private bool _hasMatched;

    public NamePattern(string text)
    {
        Text = text;
        _literal = WildcardPattern.Unescape(text);

        // PowerShell compares a text without wildcards, or before its only one at the end, as people do: it overlooks characters of no width.
        if (!WildcardPattern.ContainsWildcardCharacters(text))
            return;

        string pattern = text.EndsWith('*') && !text.EndsWith("`*", StringComparison.Ordinal) ? text + '*' : text;
        try
        {
            _pattern = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

            // Get does not parse the pattern; its first use does.
            _pattern.IsMatch(string.Empty);
        }
        catch (WildcardPatternException)
        {
            _pattern = null;
        }
    }

    public string Text { get; }

    /// <summary>Whether nothing has matched so far, which is an error for a name and none for a pattern with wildcards.</summary>
    public bool IsMissing => !_hasMatched && (_pattern is null || !WildcardPattern.ContainsWildcardCharacters(Text));

    public bool Matches(string? name)
    {
        bool matches = string.Equals(Text, name, StringComparison.OrdinalIgnoreCase) || string.Equals(_literal, name, StringComparison.OrdinalIgnoreCase)
            || _pattern?.IsMatch(name ?? string.Empty) == true;
        _hasMatched |= matches;
        return matches;
    }
}
