namespace CseJobs.Language;

/// <summary>
/// A name to look for, with or without wildcards, and whether anything has matched it. A name also matches literally, so that
/// <c>a[1]</c> finds itself; a text that is not a valid pattern matches only literally.
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

    /// <summary>Whether nothing has matched so far, which is an error for a name and none for a pattern with wildcards.</summary>
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
            // Get does not parse the pattern; its first use does.
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }
}
