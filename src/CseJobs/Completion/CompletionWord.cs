using System.Management.Automation;
using CseJobs.Client.Text;
using CseJobs.Language;

namespace CseJobs.Completion;

/// <summary>The word at which Tab was pressed, and results that take its place.</summary>
internal sealed class CompletionWord
{
    private readonly bool _isQuoted;

    public CompletionWord(string? word)
    {
        string text = word ?? string.Empty;
        _isQuoted = text.Length > 0 && text[0] is '\'' or '"';
        Text = text.Trim('\'', '"');
    }

    public string Text { get; }

    public bool Begins(string? value) => value?.StartsWith(Text, StringComparison.OrdinalIgnoreCase) == true;

    /// <param name="value">What is put in; quoted where it has to be.</param>
    /// <param name="shown">What the list shows.</param>
    /// <param name="tip">What is told about it.</param>
    public CompletionResult Result(string value, string shown, string tip) =>
        new(_isQuoted ? PowerShellText.Quoted(value) : PowerShellText.AsArgument(value), OneLine(shown, value), CompletionResultType.ParameterValue, OneLine(tip, value));

    // The engine refuses empty texts.
    private static string OneLine(string text, string otherwise) => text.Trim().Length == 0 ? otherwise : SafeText.CleanLine(text);
}
