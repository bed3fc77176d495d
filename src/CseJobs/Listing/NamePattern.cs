using System;
using System.Management.Automation;

namespace CseJobs.Listing;

/// <summary>A name that was asked for, with or without wildcards, and whether it was found.</summary>
internal sealed class NamePattern
{
    private readonly WildcardPattern? _pattern;
    private bool _hasMatched;

    public NamePattern(string text)
    {
        Text = text;
        _pattern = WildcardPattern.ContainsWildcardCharacters(text) ? new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant) : null;
    }

    public string Text { get; }

    /// <summary>Whether it names one thing that did not turn up. A pattern promises nothing.</summary>
    public bool IsMissing => _pattern is null && !_hasMatched;

    public bool Matches(string? name)
    {
        bool matches = _pattern?.IsMatch(name ?? string.Empty) ?? string.Equals(Text, name, StringComparison.OrdinalIgnoreCase);
        _hasMatched |= matches;
        return matches;
    }
}
