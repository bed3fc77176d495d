using System.Management.Automation.Runspaces;
using CseJobs.Completion;
using CseJobs.Parameters;

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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        CseSession? session = Session ?? SessionStore.FindDefault(Runspace.DefaultRunspace);
        if (session is null)
            ThrowTerminatingError(ErrorRecords.NotConnected());

        if (session!.IsClosed)
            ThrowTerminatingError(ErrorRecords.SessionClosed(session));

        Current = session;
    }

    /// <summary>The engine of the session, for commands without -EngineId. A terminating error when the session has none.</summary>
    private protected string EngineOfSession()
    {
        if (Current.EngineId is null)
            ThrowTerminatingError(ErrorRecords.EngineIdMissing());

        return Current.EngineId!;
    }
}
