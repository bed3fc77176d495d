using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using CseJobs.Sessions;

namespace CseJobs.Completion;

/// <summary>Completes the names of open sessions.</summary>
internal sealed class SessionNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = new CompletionWord(wordToComplete);
        return SessionStore.List(Runspace.DefaultRunspace)
            .Where(session => word.Begins(session.Name))
            .Select(session => word.Result(session.Name, session.Name, $"{session.Identity}, {session.Region ?? session.Endpoint.Authority}, project {session.ProjectId}"));
    }
}
