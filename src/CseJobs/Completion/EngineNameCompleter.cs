using System.Collections;
using System.Management.Automation;

namespace CseJobs.Completion;

/// <summary>Completes the names of engines.</summary>
internal sealed class EngineNameCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionResult> Offer(CseSession session, CompletionWord word, IDictionary bound) => KnownEngines.Of(session)
        .Where(engine => !string.IsNullOrEmpty(engine.Name) && word.Begins(engine.Name))
        .Select(engine => word.Result(engine.Name!, engine.Name!, $"{KnownEngines.Describe(engine)}, {engine.Id}"));
}
