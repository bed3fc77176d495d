using CseJobs.Listing;

namespace CseJobs.Commands;

/// <summary>
/// Base of the cmdlets that act on engines and their jobs: decides which are meant. No target is filled in that the pipeline did not
/// name, and one that contradicts what was typed is refused.
/// </summary>
public abstract class CseTargetCmdlet : CseSessionCmdlet
{
    // Lists of engines that are read at once, one in each session.
    private const int MaxWaiting = 16;

    // Long enough for a list of engines; what has been begun in other sessions is not shown meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<CseSession, EngineNames> _names = new();
    private readonly Queue<(CseSession Session, Target Target)> _waiting = new();
    private string[]? _given;
    private long[]? _givenIds;
    private CseSession? _sessionOfIds;
    private bool _isEngineTyped;
    private bool _hasIds;

    private protected CseTargetCmdlet()
    {
    }

    /// <summary>What -EngineId holds; null when nothing.</summary>
    private protected abstract string[]? EngineIds { get; }

    /// <summary>What -Id holds; null when nothing.</summary>
    private protected abstract long[]? JobIds { get; }

    /// <summary>
    /// Whether the cmdlet changes something: then a bare job id in the pipeline is not taken for one of the session's engine, and a
    /// pattern has to match one engine alone.
    /// </summary>
    private protected virtual bool IsChange => false;

    /// <summary>Whether the engines of a pattern may be read in one session while they are in another.</summary>
    private protected virtual bool ReadsAhead => !IsChange;

    private EngineNames Names => NamesOf(Current);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // From the pipeline it would be an engine's own id, but nothing has come from there yet.
        if (MyInvocation.BoundParameters.TryGetValue("Id", out object? id) && id is null or Array { Length: 0 })
            Refuse("What -Id was given is no job id: that is a whole number, 12339 for example.");

        if (IsTyped("Id") && Sessions is { Length: > 1 })
            Refuse("-Id names jobs of one project, but -Session names several sessions. Call the cmdlet once for each.", Sessions);

        _given = EngineIds;

        // A script block counts as bound, too, but has given nothing yet.
        _isEngineTyped = _given is not null && IsTyped("EngineId");
        _hasIds = JobIds is not null;
        _givenIds = IsTyped("Id") || !MyInvocation.ExpectingInput ? JobIds : null;
    }

    /// <inheritdoc/>
    private protected sealed override void Process(PipedTarget? piped)
    {
        Target? target = piped is null ? Of(Given(), _givenIds, null) : Resolve(piped);
        if (target is null)
            return;

        CheckOneEngine(target);
        if (!IsOneOfSeveral || !ReadsAhead)
        {
            Act(target);
            return;
        }

        // The lists of engines of several sessions are read side by side; what is done with them keeps the order of the sessions.
        if (target.HasPattern)
            _ = Names.Engines;

        _waiting.Enqueue((Current, target));
        while (_waiting.TryPeek(out (CseSession Session, Target Target) next) && (IsReady(next.Session, next.Target) || _waiting.Count > MaxWaiting))
            ActOnNext();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (_waiting.Count > 0)
            ActOnNext();
    }

    /// <summary>Shows what is to be shown before there is something to wait for.</summary>
    private protected virtual void ShowBegun()
    {
    }

    /// <summary>Does the work for the engines and jobs that are meant.</summary>
    private protected abstract void Process(Target target);

    private void Act(Target target)
    {
        target = target with { Engines = Expand(target.Engines, isOneMeant: IsChange || target.Jobs is not null) };
        CheckOneEngine(target);
        if (target.Engines.Length > 0)
            Process(target);
    }

    private void ActOnNext()
    {
        (CseSession session, Target target) = _waiting.Dequeue();
        if (!IsReady(session, target) && Await(Task.WhenAny(NamesOf(session).Engines, Task.Delay(Patience, StopToken))) is { } first && first != NamesOf(session).Engines)
            ShowBegun();

        CseSession before = Current;
        Use(session);
        Act(target);
        Use(before);
    }

    private bool IsReady(CseSession session, Target target) => !target.HasPattern || NamesOf(session).Engines.IsCompleted;

    private EngineNames NamesOf(CseSession session)
    {
        if (!_names.TryGetValue(session, out EngineNames? names))
            _names.Add(session, names = new EngineNames(session.Client, Observer, StopToken));

        return names;
    }

    private static Target? Of(TargetEngine[]? engines, long[]? jobs, PipedTarget? piped) => engines is null ? null : new Target(engines, jobs, piped);

    /// <summary>What an object in the pipeline means, together with the parameters; null when it was refused.</summary>
    private Target? Resolve(PipedTarget piped)
    {
        // What differs from the object's own properties comes from a script block (-EngineId { $_.Engine }), which goes first.
        string? engineOfScript = _given is null && EngineIds is [var e] && e != piped.EngineId && e != piped.Property("EngineId") as string && e != $"{piped.Item}" ? e : null;
        long? jobOfScript = !_hasIds && JobIds is [var j] && j != piped.JobId && j != Parameters.JobIds.ReadTyped(piped.Property("Id")) && j != Parameters.JobIds.ReadTyped(piped.Property("JobId")) ? j : null;
        bool hasId = (piped.Property("JobId") ?? piped.Property("Id")) is not null;
        bool isExplained = jobOfScript is not null ? engineOfScript is not null || _isEngineTyped : engineOfScript is not null && !hasId;
        if (piped.Problem is not null && !isExplained)
            return Refused(piped, piped.Problem);

        if (piped.Item is CseSession session && _givenIds is not null && (_sessionOfIds ??= session) != session)
            return Refused(piped, "-Id names jobs of one project, but in the pipeline are several sessions. Call the cmdlet once for each.");

        if (piped.Item is CseSession && IsChange)
            return Refused(piped, "In the pipeline is a session, and more may follow, but one is taken here: pass it with -Session.");

        long? job = jobOfScript ?? piped.JobId;
        if (job is not null && _givenIds?.Contains(job.Value) == false)
            return Refused(piped, $"In the pipeline is job {job}, but -Id names another. Leave out one of them.");

        if ((engineOfScript ?? piped.EngineId) is not { } engine)
        {
            if (!_isEngineTyped && !(piped.Item is CseSession || (piped.IsBare && !IsChange)))
                return Refused(piped, $"In the pipeline is job {job} without its engine. Pass -EngineId, or keep the property EngineId (Select-Object Id, EngineId, Session).");

            return Of(Given(), job is null ? _givenIds : [job.Value], piped);
        }

        return _isEngineTyped && !(_given is [var typed] && (typed.Equals(engine, StringComparison.OrdinalIgnoreCase) || typed.Equals(piped.EngineName, StringComparison.OrdinalIgnoreCase)))
            ? Refused(piped, $"In the pipeline is engine '{SafeText.Quote(engine)}', but -EngineId names another. Leave out one of them.")
            : new Target(
                [engineOfScript is not null || piped.IsBare ? TargetEngine.Typed(engine, Names) : TargetEngine.Of(engine, piped.EngineName, piped.Number("LatestJobId"))],
                job is null ? _givenIds : [job.Value],
                piped);
    }

    /// <summary>The engines that were typed, else the session's own; null after an error, where other sessions may have one.</summary>
    private TargetEngine[]? Given()
    {
        if ((_given ?? (Current.EngineId is { } own ? [own] : null)) is { } texts)
            return Array.ConvertAll(texts, text => TargetEngine.Typed(text, Names));

        if (!IsOneOfSeveral)
            ThrowTerminatingError(ErrorRecords.EngineIdMissing());

        WriteError(ErrorRecords.EngineIdMissing());
        return null;
    }

    private void CheckOneEngine(Target target)
    {
        if (target.Jobs is not null && target.Engines.Length > 1)
            Refuse("-Id names jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine.", Array.ConvertAll(target.Engines, engine => engine.Text));
    }

    /// <summary>Puts the engines that match in the place of patterns; one list of engines serves all.</summary>
    private TargetEngine[] Expand(TargetEngine[] engines, bool isOneMeant)
    {
        if (!Array.Exists(engines, engine => engine.IsPattern))
            return engines;

        var expanded = new List<TargetEngine>();
        foreach (TargetEngine engine in engines)
        {
            if (!engine.IsPattern)
            {
                expanded.Add(engine);
                continue;
            }

            Engine[]? found = null;
            Attempt(engine.Text, null, () => found = Find(engine.Text, isOneMeant));
            if (found is not null)
                expanded.AddRange(found.Where(one => !expanded.Exists(other => other.Id == one.Id)).Select(TargetEngine.Of));
            else if (IsChange)
                return [];
        }

        return [.. expanded];
    }

    /// <summary>The engines of a pattern; null after an error.</summary>
    private Engine[]? Find(string text, bool isOneMeant)
    {
        var pattern = new NamePattern(text);
        Engine[] found = Send(text, _ => Names.Engines).Where(engine => pattern.Matches(engine.Name)).ToArray();
        if (IsChange && found.Length > 1)
            throw new AmbiguousEngineException(text, found);

        if (pattern.IsMissing || (isOneMeant && found.Length == 0))
        {
            WriteError(ErrorRecords.EngineNameNotFound(text, Current, null));
            return null;
        }

        if (found.Length == 0)
            WriteVerbose($"No engine matches '{SafeText.CleanLine(text)}'.");

        return found;
    }

    private Target? Refused(PipedTarget piped, string message)
    {
        Refuse(piped, message);
        return null;
    }

    /// <summary>What is meant.</summary>
    /// <param name="Engines">The engines, at least one.</param>
    /// <param name="Jobs">Jobs of the one engine; null when none is named.</param>
    /// <param name="Piped">The object in the pipeline that names them; null without one.</param>
    private protected sealed record Target(TargetEngine[] Engines, long[]? Jobs, PipedTarget? Piped)
    {
        /// <summary>Whether the list of engines has to be read to know which are meant.</summary>
        public bool HasPattern => Array.Exists(Engines, engine => engine.IsPattern);
    }
}
