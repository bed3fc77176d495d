using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CseJobs.Completion;

/// <summary>Base of the completers that ask the server: with the session that the command would use, and with none not at all.</summary>
internal abstract class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        BoundSession.Find(fakeBoundParameters) is { } session
            ? Offer(session, new CompletionWord(wordToComplete), fakeBoundParameters)
            : Enumerable.Empty<CompletionResult>();

    private protected abstract IEnumerable<CompletionResult> Offer(CseSession session, CompletionWord word, IDictionary bound);
}
