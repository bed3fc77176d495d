using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CseJobs.Client.Auth;

namespace CseJobs.Completion;

/// <summary>Completes the names of regions. Never validates: regions are added faster than modules are updated.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = new CompletionWord(wordToComplete);
        return ServiceEndpoints.KnownRegions.Where(word.Begins).Select(region => word.Result(region, region, region));
    }
}
