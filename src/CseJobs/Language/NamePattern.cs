using System.Management.Automation;

namespace CseJobs.Language;

/// <summary>
/// A name that was asked for, with or without wildcards, and whether it was found. A name is found by itself whatever its
/// characters mean in a pattern, and what is no valid pattern is nothing but a name.
/// </summary>
internal sealed class NamePattern
{
    private readonly WildcardPattern? _pattern;
    private readonly bool _mayMatchNothing;
    private bool _hasMatched;

    public NamePattern(string text)
    {
        Text = text;
        _pattern = Parse(text);
        _mayMatchNothing = _pattern is not null && WildcardPattern.ContainsWildcardCharacters(text);
    }

    public string Text { get; }

    /// <summary>Whether it names one thing that did not turn up. A pattern promises nothing.</summary>
    public bool IsMissing => !_mayMatchNothing && !_hasMatched;

    public bool Matches(string? name)
    {
        bool matches = string.Equals(Text, name, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(name ?? string.Empty) == true;
        _hasMatched |= matches;
        return matches;
    }

    private static WildcardPattern? Parse(string text)
    {
        WildcardPattern pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        try
        {
            // It is read when it is first used.
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }
}
