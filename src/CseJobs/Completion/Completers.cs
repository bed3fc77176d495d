using System.Collections;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using CseJobs.Client.Auth;
using CseJobs.Formatting;

namespace CseJobs.Completion;

/// <summary>Base of the completers, one for each kind of value that cmdlets share.</summary>
internal abstract class Completer : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Complete(new CompletionContext(wordToComplete, fakeBoundParameters));

    private protected abstract IEnumerable<CompletionResult> Complete(CompletionContext context);

    /// <summary>For example <c>Available, CSE 2.4.1</c>.</summary>
    private protected static string Describe(Engine engine) => JoinTexts(engine.Status, $"{engine.Type} {engine.Version}".Trim(), engine.Description);

    private protected static string JoinTexts(params string?[] texts) => string.Join(", ", texts.Where(text => !string.IsNullOrEmpty(text)));
}

/// <summary>Completes the names of regions. Other regions are accepted as well: there are new ones between two versions of the module.</summary>
internal sealed class RegionCompleter : Completer
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context) =>
        ServiceEndpoints.KnownRegions.Where(context.Matches).Select(region => context.Result(region, region, region));
}

/// <summary>Completes the names of open sessions.</summary>
internal sealed class SessionNameCompleter : Completer
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context) =>
        SessionStore.List(Runspace.DefaultRunspace)
            .Where(session => context.Matches(session.Name))
            .Select(session => context.Result(session.Name, session.Name, $"{session.Identity}, {session.Region ?? session.Endpoint.Authority}, project {session.ProjectId}"));
}

/// <summary>Base of the completers that read from the server. They offer nothing when there is no session.</summary>
internal abstract class ServerCompleter : Completer
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context) =>
        context.FindSession() is { } session ? Complete(context, session) : Enumerable.Empty<CompletionResult>();

    private protected abstract IEnumerable<CompletionResult> Complete(CompletionContext context, CseSession session);
}

/// <summary>Completes engine ids from the beginning of an id or of a name.</summary>
internal sealed class EngineIdCompleter : ServerCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context, CseSession session) =>
        CompletionCache.Engines(session)
            .Where(engine => context.Matches(engine.Id) || context.Matches(engine.Name))
            .Select(engine => context.Result(engine.Id, engine.Name ?? string.Empty, $"{engine.Name}: {Describe(engine)}"));
}

/// <summary>Completes the names of engines.</summary>
internal sealed class EngineNameCompleter : ServerCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context, CseSession session) =>
        CompletionCache.Engines(session)
            .Where(engine => !string.IsNullOrEmpty(engine.Name) && context.Matches(engine.Name))
            .Select(engine => context.Result(engine.Name!, engine.Name!, $"{Describe(engine)}, {engine.Id}"));
}

/// <summary>Completes the ids of an engine's newest jobs.</summary>
internal sealed class JobIdCompleter : ServerCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context, CseSession session) =>
        context.FindEngineId(session) is { } engine
            ? CompletionCache.NewestJobs(session, engine)
                .Select(job => (Job: job, Id: job.Id.ToString(CultureInfo.InvariantCulture)))
                .Where(item => context.Matches(item.Id))
                .Select(item => context.Result(item.Id, item.Id, Describe(item.Job)))
            : Enumerable.Empty<CompletionResult>();

    /// <summary>For example <c>Error, Upgrade, 3 min ago</c>.</summary>
    private static string Describe(EngineJob job) =>
        JoinTexts(job.StatusText, job.TypeText, job.StartTime is { } start ? ViewTime.Age(start) : "not started", job.Description);
}
