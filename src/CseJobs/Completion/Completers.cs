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

/// <summary>Completes the languages of reports.</summary>
internal sealed class ReportCultureCompleter : Completer
{
    private static readonly string[] Cultures = ["en", "zh-CN"];

    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context) =>
        Cultures.Where(context.Matches).Select(culture => context.Result(culture, culture, CultureInfo.GetCultureInfo(culture).EnglishName));
}

/// <summary>Completes the names of open sessions.</summary>
internal sealed class SessionNameCompleter : Completer
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context) =>
        SessionStore.List(Runspace.DefaultRunspace)
            .Where(session => context.Matches(session.Name))
            .Select(session => context.Result(session.Name, session.Name, $"{session.Identity}, {session.Region ?? session.Endpoint.Authority}, project {session.ProjectId}"));
}

/// <summary>Completes the names of profiles, of the file of -ProfilePath where that is given. Nothing else of the files is shown.</summary>
internal sealed class ProfileNameCompleter : Completer
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context) =>
        SignIn.ProfileNames(context.FindPath("ProfilePath")).Where(context.Matches).Select(name => context.Result(name, name, name));
}

/// <summary>Base of the completers that read from the server. They offer nothing when there is no session.</summary>
internal abstract class ServerCompleter : Completer
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context)
    {
        // Begun in all of several sessions before any is waited for.
        Task<CompletionResult[]>[] asked = context.FindSessions().Select(session => Task.Run(() => Complete(context, session).ToArray())).ToArray();
        return asked.SelectMany(one => one.GetAwaiter().GetResult()).DistinctBy(result => result.CompletionText, StringComparer.OrdinalIgnoreCase);
    }

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

/// <summary>Completes names of engines, and ids where an id was begun or a name does not tell one engine.</summary>
internal sealed class EngineCompleter : ServerCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionContext context, CseSession session)
    {
        ILookup<string?, Engine> named = CompletionCache.Engines(session).ToLookup(engine => engine.Name, StringComparer.OrdinalIgnoreCase);
        return CompletionCache.Engines(session)
            .Where(engine => context.Matches(engine.Id) || context.Matches(engine.Name))
            .Select(engine => context.Result(
                !string.IsNullOrEmpty(engine.Name) && context.Matches(engine.Name) && named[engine.Name].Count() == 1 ? engine.Name : engine.Id,
                engine.Name ?? string.Empty,
                JoinTexts($"{engine.Name}: {Describe(engine)}", engine.Id)));
    }
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
            : [];

    /// <summary>For example <c>Error, Upgrade, 3 min ago</c>.</summary>
    private static string Describe(EngineJob job) =>
        JoinTexts(job.StatusText, job.TypeText, job.StartTime is { } start ? ViewTime.Age(start) : "not started", job.Description);
}

/// <summary>The command line at which Tab was pressed: the word to complete, and what the parameters before it name.</summary>
internal sealed class CompletionContext(string? word, IDictionary boundParameters)
{
    private readonly bool _isQuoted = word is ['\'' or '"', ..];

    /// <summary>The word to complete, without quotes.</summary>
    public string Word { get; } = (word ?? string.Empty).Trim('\'', '"');

    /// <summary>The sessions that the command would use; none when there is none.</summary>
    public IEnumerable<CseSession> FindSessions()
    {
        IReadOnlyList<CseSession> open = SessionStore.List(Runspace.DefaultRunspace);
        IEnumerable<object?> named = boundParameters["Session"].Bare() switch
        {
            null => [SessionStore.FindDefault(Runspace.DefaultRunspace)],
            IList several => several.Cast<object?>(),
            var one => [one],
        };
        return named.SelectMany(one => one.Bare() switch
        {
            CseSession given => [given],
            string name => open.Where(session => new NamePattern(name).Matches(session.Name)),
            _ => Enumerable.Empty<CseSession>(),
        }).Distinct().Where(session => !session.IsClosed);
    }

    /// <summary>The file that a parameter names, from PowerShell's location; null when it names none.</summary>
    public string? FindPath(string parameter)
    {
        if (boundParameters[parameter].Bare() is not string path)
            return null;

        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Microsoft.PowerShell.Management\\Convert-Path").AddParameter("LiteralPath", path).AddParameter("ErrorAction", ActionPreference.Ignore)
            .Invoke<string>().FirstOrDefault() ?? path;
    }

    /// <summary>The engine that the command would use; null when the line names none or several.</summary>
    public string? FindEngineId(CseSession session) => boundParameters["EngineId"].Bare() switch
    {
        string engine when engine.Length > 0 => engine,
        IList<object> { Count: 1 } engines => engines[0].Bare() as string,
        IList<string> { Count: 1 } engines => engines[0],
        null => session.EngineId,
        _ => null,
    };

    /// <summary>Whether a value begins with the word, in any case of letters.</summary>
    public bool Matches(string? value) => value?.StartsWith(Word, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A result that takes the place of the word, quoted when the word was or when PowerShell would not read it as one word.</summary>
    public CompletionResult Result(string value, string listText, string toolTip) => new(
        _isQuoted ? PowerShellText.Quoted(value) : PowerShellText.AsArgument(value),
        OneLine(listText, value),
        CompletionResultType.ParameterValue,
        OneLine(toolTip, value));

    // CompletionResult does not accept empty texts.
    private static string OneLine(string text, string fallback) => string.IsNullOrWhiteSpace(text) ? fallback : SafeText.CleanLine(text);
}
