using System.Collections;
using System.Management.Automation.Runspaces;

namespace CseJobs.Completion;

/// <summary>The command line at which Tab was pressed: the word to complete, and what the parameters before it name.</summary>
internal sealed class CompletionContext
{
    private readonly IDictionary _boundParameters;
    private readonly bool _isQuoted;

    public CompletionContext(string? word, IDictionary boundParameters)
    {
        string text = word ?? string.Empty;
        _isQuoted = text.Length > 0 && text[0] is '\'' or '"';
        Word = text.Trim('\'', '"');
        _boundParameters = boundParameters;
    }

    /// <summary>The word to complete, without quotes.</summary>
    public string Word { get; }

    /// <summary>The session that the command would use; null when there is none.</summary>
    public CseSession? FindSession()
    {
        CseSession? session = _boundParameters["Session"].Bare() switch
        {
            CseSession given => given,
            string name => SessionStore.Find(Runspace.DefaultRunspace, name),
            _ => SessionStore.FindDefault(Runspace.DefaultRunspace),
        };
        return session is { IsClosed: false } ? session : null;
    }

    /// <summary>The engine that the command would use; null when the line names none or several.</summary>
    public string? FindEngineId(CseSession session) => _boundParameters["EngineId"].Bare() switch
    {
        string engine when engine.Length > 0 => engine,
        IList<object> { Count: 1 } engines => engines[0].Bare() as string,
        IList<string> { Count: 1 } engines => engines[0],
        null => session.EngineId,
        _ => null,
    };

    /// <summary>Whether a value begins with the word, in any case of letters.</summary>
    public bool Matches(string? value) => value?.StartsWith(Word, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A result that takes the place of the word.</summary>
    /// <param name="value">The text to insert; it is quoted when the word was, or when PowerShell would not read it as one word.</param>
    /// <param name="listText">The text in the list of results.</param>
    /// <param name="toolTip">The description of the result.</param>
    public CompletionResult Result(string value, string listText, string toolTip) => new(
        _isQuoted ? PowerShellText.Quoted(value) : PowerShellText.AsArgument(value),
        OneLine(listText, value),
        CompletionResultType.ParameterValue,
        OneLine(toolTip, value));

    // CompletionResult does not accept empty texts.
    private static string OneLine(string text, string fallback) => text.Trim().Length == 0 ? fallback : SafeText.CleanLine(text);
}
