using System;
using System.Management.Automation;
using System.Management.Automation.Language;
using CseJobs.Client.Text;

namespace CseJobs.Completion;

/// <summary>The word at which Tab was pressed, and results that fit the way it was quoted.</summary>
internal sealed class CompletionWord
{
    private readonly char _quote;

    public CompletionWord(string? word)
    {
        string text = word ?? string.Empty;
        _quote = text.Length > 0 && text[0] is '\'' or '"' ? text[0] : '\0';
        Text = text.Trim('\'', '"');
    }

    public string Text { get; }

    public bool Begins(string? value) => value?.StartsWith(Text, StringComparison.OrdinalIgnoreCase) == true;

    /// <param name="value">What is put in; quoted where it has to be.</param>
    /// <param name="shown">What the list shows.</param>
    /// <param name="tip">What is told about it.</param>
    public CompletionResult Result(string value, string shown, string tip) =>
        new(Quote(value), OneLine(shown, value), CompletionResultType.ParameterValue, OneLine(tip, value));

    // The engine refuses empty texts.
    private static string OneLine(string text, string otherwise) => text.Trim().Length == 0 ? otherwise : SafeText.CleanLine(text);

    private string Quote(string value)
    {
        bool isPlain = value.Length > 0 && Array.TrueForAll(value.ToCharArray(), c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
        char quote = _quote == '\0' ? (isPlain ? '\0' : '\'') : _quote;
        return quote switch
        {
            '\0' => value,
            '"' => '"' + value.Replace("`", "``").Replace("$", "`$").Replace("\"", "`\"") + '"',
            _ => "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'",
        };
    }
}
