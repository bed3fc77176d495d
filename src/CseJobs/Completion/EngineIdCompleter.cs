using System.Collections;
using System.Management.Automation;

namespace CseJobs.Completion;

/// <summary>Completes engine ids, by id or by name: nobody knows a UUID by heart.</summary>
internal sealed class EngineIdCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionResult> Offer(CseSession session, CompletionWord word, IDictionary bound) => KnownEngines.Of(session)
        .Where(engine => word.Begins(engine.Id) || word.Begins(engine.Name))
        .Select(engine => word.Result(engine.Id, engine.Name ?? string.Empty, $"{engine.Name}: {KnownEngines.Describe(engine)}"));
}
