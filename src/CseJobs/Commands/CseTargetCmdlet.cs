namespace CseJobs.Commands;

/// <summary>
/// Base of the cmdlets that act on engines and their jobs: decides which are meant. No target is filled in that the pipeline did not
/// name, and one that contradicts what was typed is refused.
/// </summary>
public abstract class CseTargetCmdlet : CseSessionCmdlet
{
    private string[]? _given;
    private long[]? _givenIds;
    private bool _isEngineTyped;
    private bool _hasIds;

    private protected CseTargetCmdlet()
    {
    }

    /// <summary>What -EngineId holds; null when nothing.</summary>
    private protected abstract string[]? EngineIds { get; }

    /// <summary>What -Id holds; null when nothing.</summary>
    private protected abstract long[]? JobIds { get; }

    /// <summary>Whether a bare job id in the pipeline may be one of the session's engine.</summary>
    private protected virtual bool TakesSessionEngine => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _given = EngineIds;

        // A script block counts as bound, too, but has given nothing yet.
        _isEngineTyped = _given is not null && IsTyped("EngineId");
        _hasIds = JobIds is not null;
        _givenIds = IsTyped("Id") || !MyInvocation.ExpectingInput ? JobIds : null;
    }

    /// <inheritdoc/>
    private protected sealed override void Process(PipedTarget? piped)
    {
        Target? target = piped is null ? new Target(_given ?? [SessionEngine()], _givenIds, null) : Resolve(piped);
        if (target is null)
            return;

        if (target.Jobs is not null && target.Engines.Length > 1)
            Refuse("-Id names jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine.", target.Engines);
        else
            Process(target);
    }

    /// <summary>Does the work for the engines and jobs that are meant.</summary>
    private protected abstract void Process(Target target);

    /// <summary>What an object in the pipeline means, together with the parameters; null when it was refused.</summary>
    private Target? Resolve(PipedTarget piped)
    {
        // What differs from the object's own properties comes from a script block (-EngineId { $_.Engine }), which goes first.
        string? engineOfScript = _given is null && EngineIds is [var e] && e != piped.EngineId && e != piped.Property("EngineId") as string && e != $"{piped.Item}" ? e : null;
        long? jobOfScript = !_hasIds && JobIds is [var j] && j != piped.JobId && j != Parameters.JobIds.Read(piped.Property("Id")) ? j : null;
        bool hasId = (piped.Property("JobId") ?? piped.Property("Id")) is not null;
        bool isExplained = jobOfScript is not null ? engineOfScript is not null || _isEngineTyped : engineOfScript is not null && !hasId;
        if (piped.Problem is not null && !isExplained)
            return Refused(piped, piped.Problem);

        long? job = jobOfScript ?? piped.JobId;
        if (job is not null && _givenIds?.Contains(job.Value) == false)
            return Refused(piped, $"In the pipeline is job {job}, but -Id names another. Leave out one of them.");

        if ((engineOfScript ?? piped.EngineId) is not { } engine)
        {
            if (!_isEngineTyped && !(piped.Item is CseSession || (piped.IsBare && TakesSessionEngine)))
                return Refused(piped, $"In the pipeline is job {job} without its engine. Pass -EngineId, or keep the property EngineId (Select-Object Id, EngineId, Session).");

            return new Target(_given ?? [SessionEngine()], job is null ? _givenIds : [job.Value], piped);
        }

        return _isEngineTyped && !(_given is [var typed] && typed.Equals(engine, StringComparison.OrdinalIgnoreCase))
            ? Refused(piped, $"In the pipeline is engine '{SafeText.Quote(engine)}', but -EngineId names another. Leave out one of them.")
            : new Target([engine], job is null ? _givenIds : [job.Value], piped);
    }

    private Target? Refused(PipedTarget piped, string message)
    {
        Refuse(piped, message);
        return null;
    }

    private string SessionEngine()
    {
        if (Current.EngineId is null)
            ThrowTerminatingError(ErrorRecords.EngineIdMissing());

        return Current.EngineId!;
    }

    /// <summary>What is meant.</summary>
    /// <param name="Engines">The engines, at least one.</param>
    /// <param name="Jobs">Jobs of the one engine; null when none is named.</param>
    /// <param name="Piped">The object in the pipeline that names them; null without one.</param>
    private protected sealed record Target(string[] Engines, long[]? Jobs, PipedTarget? Piped);
}
