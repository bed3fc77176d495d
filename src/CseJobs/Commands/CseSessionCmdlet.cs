using System.Management.Automation.Runspaces;

namespace CseJobs.Commands;

/// <summary>
/// Base of the cmdlets that talk to the API. What is piped in goes to the session that has read it, everything else to the default
/// one; -Session goes before both.
/// </summary>
public abstract class CseSessionCmdlet : CseCmdlet, IDynamicParameters
{
    // The default one is meant.
    private static readonly object?[] NoSession = [null];

    private readonly PipelineInput _input = new();
    private readonly Dictionary<CseSession, AuthFailureLatch> _authFailures = new();
    private readonly HashSet<CseSession> _held = new();
    private bool _isSessionTyped;

    private protected CseSessionCmdlet()
    {
    }

    /// <summary>
    /// What -Session holds; null when nothing. Without it engines and jobs go to the session that has read them, everything else to the default
    /// one: the runspace's own, else the process's.
    /// </summary>
    private protected abstract CseSession[]? Sessions { get; }

    /// <summary>The session in use.</summary>
    private protected CseSession Current { get; private set; } = null!;

    /// <summary>Whether the session in use is one of several that were given, by -Session or through the pipeline.</summary>
    private protected bool IsOneOfSeveral { get; private set; }

    /// <summary>Whether more than one session has been used so far, or is going to be.</summary>
    private protected bool IsSpread => Current is not null && (IsOneOfSeveral || _held.Count > 1);

    /// <summary>Set once the session in use was refused as a whole.</summary>
    private protected AuthFailureLatch AuthFailure
    {
        get
        {
            if (!_authFailures.TryGetValue(Current, out AuthFailureLatch? latch))
                _authFailures.Add(Current, latch = new AuthFailureLatch());

            return latch;
        }
    }

    /// <inheritdoc/>
    object? IDynamicParameters.GetDynamicParameters() => MyInvocation.ExpectingInput ? _input : null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isSessionTyped = IsTyped("Session");
        Array.ForEach(_isSessionTyped ? Sessions! : [], Hold);

        // In a pipeline each object may have a session of its own, and of several sessions each may have an error of its own.
        if ((_isSessionTyped || !MyInvocation.ExpectingInput) && Sessions is not { Length: > 1 } && Choose(Sessions?.Single()) is { } problem)
            ThrowTerminatingError(problem);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!MyInvocation.ExpectingInput)
        {
            ProcessIn(Sessions ?? NoSession, null);
            return;
        }

        foreach (PipedTarget piped in _input.InputObject.SelectMany(item => PipedTarget.Of(item.Value)))
        {
            if (_isSessionTyped && WhyNot(piped) is { } why)
                Refuse(piped, why);
            else
                ProcessIn(!_isSessionTyped && piped.Session is { } own ? [own] : Sessions ?? NoSession, piped);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (CseSession session in _held)
            session.Release();

        _held.Clear();
    }

    /// <summary>Does the work for one object of the pipeline, or for the parameters alone.</summary>
    /// <param name="piped">The object; null without a pipeline.</param>
    private protected abstract void Process(PipedTarget? piped);

    /// <summary>Writes an error, which names its session where more than one is used.</summary>
    private protected new void WriteError(ErrorRecord error) => base.WriteError(IsSpread ? ErrorRecords.InSession(error, Current) : error);

    /// <summary>Writes a warning, which names its session where more than one is used.</summary>
    private protected new void WriteWarning(string text) => base.WriteWarning(IsSpread ? $"Session '{Current.Name}': {text}" : text);

    /// <summary>Takes a session into use that was in use before.</summary>
    private protected void Use(CseSession session) => Current = session;

    /// <summary>Refuses what came through the pipeline; the cmdlet goes on with the next object.</summary>
    private protected void Refuse(PipedTarget piped, string message) =>
        base.WriteError(ErrorRecords.InvalidArgument(new ArgumentException(message), piped.Item));

    /// <summary>Makes a call with the session in use, unless that was refused before.</summary>
    private protected T Send<T>(string engineId, Func<CseClient, Task<T>> send)
    {
        AuthFailure.ThrowIfSet(engineId, null);
        try
        {
            return Await(send(Current.Client));
        }
        catch (CseApiException e)
        {
            AuthFailure.Note(e);
            throw;
        }
    }

    /// <summary>Does what concerns one engine or, where its id is given, one job. A failure is a non-terminating error: the cmdlet continues with its other input.</summary>
    private protected void Attempt(string engineId, long? jobId, Action action)
    {
        try
        {
            action();
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.InvalidArgument(e, engineId));
        }
        catch (CseApiException e)
        {
            WriteError(e, engineId, jobId);
        }
    }

    /// <summary>Writes a failed call; the target of the error is the engine where that does not exist, else the job.</summary>
    private protected void WriteError(CseApiException error, string engineId, long? jobId) =>
        WriteError(ErrorRecords.From(error, jobId is null || error.Reason == CseErrorReason.EngineNotFound ? engineId : jobId));

    /// <summary>Does the work in each session: one that is given, the one of a name, or the default one (null).</summary>
    private void ProcessIn(object?[] sessions, PipedTarget? piped)
    {
        IsOneOfSeveral = sessions.Length > 1 || piped is { Item: CseSession };
        foreach (object? wanted in sessions)
        {
            if (Choose(wanted) is not { } problem)
                Process(piped);
            else if (problem.TargetObject is null)
                ThrowTerminatingError(problem);
            else
                base.WriteError(problem);
        }
    }

    /// <summary>Why the sessions of -Session cannot be those of an object in the pipeline; null when they can.</summary>
    private string? WhyNot(PipedTarget piped) => piped switch
    {
        { Item: CseSession session } when Sessions is not [var only] || only != session =>
            $"In the pipeline is session '{session.Name}', but -Session names another. Leave out one of them.",
        { IsBare: false, Problem: null, Item: not CseSession } or { JobId: not null } when Sessions is { Length: > 1 } =>
            "In the pipeline is an engine or job of one session, but -Session names several. Leave it out: each object goes to the session that has read it.",
        _ => null,
    };

    /// <summary>Takes a session into use.</summary>
    /// <returns>Why that is not possible; null when it is.</returns>
    private ErrorRecord? Choose(object? wanted)
    {
        Runspace? runspace = Runspace.DefaultRunspace;
        CseSession? session = wanted switch
        {
            // An object of a session that was made anew goes to the new one.
            CseSession { IsClosed: true } read when !_isSessionTyped && MyInvocation.ExpectingInput => SessionStore.Successor(read, runspace) ?? read,
            CseSession given => given,
            string name => SessionStore.Find(runspace, name),
            _ => SessionStore.FindDefault(runspace),
        };
        if (session is null)
            return wanted is string missing ? ErrorRecords.SessionOfObjectNotFound(missing) : ErrorRecords.NotConnected();

        Hold(session);
        Current = session;
        return session.IsClosed ? ErrorRecords.SessionClosed(session) : null;
    }

    private void Hold(CseSession session)
    {
        if (_held.Add(session))
            session.Hold();
    }
}
