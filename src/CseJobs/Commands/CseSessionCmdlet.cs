using System.Management.Automation.Runspaces;
using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>
/// Base of the cmdlets that talk to the API. What is piped in goes to the session that has read it, everything else to the default
/// one; -Session goes before both.
/// </summary>
public abstract class CseSessionCmdlet : CseCmdlet, IDynamicParameters
{
    private readonly PipelineInput _input = new();
    private readonly Dictionary<CseSession, AuthFailureLatch> _authFailures = new();
    private bool _isSessionTyped;

    private protected CseSessionCmdlet()
    {
    }

    /// <summary>
    /// The session to use, or its name. Without it engines and jobs go to the session that has read them, everything else to the default
    /// one: the runspace's own, else the process's.
    /// </summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNull]
    public CseSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected CseSession Current { get; private set; } = null!;

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
        _isSessionTyped = IsTyped(nameof(Session));

        // In a pipeline each object may have a session of its own.
        if ((_isSessionTyped || !MyInvocation.ExpectingInput) && Choose(Session) is { } problem)
            ThrowTerminatingError(problem);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!MyInvocation.ExpectingInput)
        {
            Process(null);
            return;
        }

        foreach (PipedTarget piped in _input.InputObject.SelectMany(item => PipedTarget.Of(item.Value)))
        {
            if (Choose(_isSessionTyped ? Session : piped.Session ?? Session) is not { } problem)
                Process(piped);
            else if (problem.TargetObject is null)
                ThrowTerminatingError(problem);
            else
                WriteError(problem);
        }
    }

    /// <summary>Does the work for one object of the pipeline, or for the parameters alone.</summary>
    /// <param name="piped">The object; null without a pipeline.</param>
    private protected abstract void Process(PipedTarget? piped);

    /// <summary>Refuses what came through the pipeline; the cmdlet goes on with the next object.</summary>
    private protected void Refuse(PipedTarget piped, string message) =>
        WriteError(ErrorRecords.InvalidArgument(new ArgumentException(message), piped.Item));

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

    /// <summary>Takes a session into use: one that is given, the one of a name, or the default one.</summary>
    /// <returns>Why that is not possible; null when it is.</returns>
    private ErrorRecord? Choose(object? wanted)
    {
        Runspace? runspace = Runspace.DefaultRunspace;
        CseSession? session = wanted switch
        {
            CseSession given => given,
            string name => SessionStore.Find(runspace, name),
            _ => SessionStore.FindDefault(runspace),
        };
        if (session is null)
            return wanted is string missing ? ErrorRecords.SessionOfObjectNotFound(missing) : ErrorRecords.NotConnected();

        Current = session;
        return session.IsClosed ? ErrorRecords.SessionClosed(session) : null;
    }
}
