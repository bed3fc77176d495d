using System.Management.Automation.Runspaces;
using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>Base of the cmdlets that talk to the API: they use the session given, or else the default one.</summary>
public abstract class CseSessionCmdlet : CseCmdlet
{
    private protected CseSessionCmdlet()
    {
    }

    /// <summary>The session to use, or its name. Without it the runspace's own session is used, else the process's latest.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNull]
    public CseSession? Session { get; set; }

    /// <summary>The session in use; set by BeginProcessing.</summary>
    private protected CseSession Current { get; private set; } = null!;

    /// <summary>Set once the session as a whole was refused.</summary>
    private protected AuthFailureLatch AuthFailure { get; } = new();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Current = (Session ?? SessionStore.FindDefault(Runspace.DefaultRunspace))!;
        if (Current is null)
            ThrowTerminatingError(ErrorRecords.NotConnected());

        if (Current!.IsClosed)
            ThrowTerminatingError(ErrorRecords.SessionClosed(Current));
    }

    /// <summary>The engines given, else the session's own. A terminating error when the session has none.</summary>
    private protected string[] EnginesOrDefault(string[]? given)
    {
        if (given is { Length: > 0 })
            return given;

        if (Current.EngineId is null)
            ThrowTerminatingError(ErrorRecords.EngineIdMissing());

        return [Current.EngineId!];
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
            AuthFailure.Note(e);
            WriteError(e, engineId, jobId);
        }
    }

    /// <summary>Writes a failed call; the target of the error is the engine where that does not exist, else the job.</summary>
    private protected void WriteError(CseApiException error, string engineId, long? jobId) =>
        WriteError(ErrorRecords.From(error, jobId is null || error.Reason == CseErrorReason.EngineNotFound ? engineId : jobId));
}
