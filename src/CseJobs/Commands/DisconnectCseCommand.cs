using System.Management.Automation.Runspaces;
using CseJobs.Completion;
using CseJobs.Parameters;

namespace CseJobs.Commands;

/// <summary>Ends sessions: without parameters the default one.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Cse", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(void))]
public sealed class DisconnectCseCommand : CseCmdlet
{
    private const string SessionSet = "Session";
    private const string NameSet = "Name";

    /// <summary>The sessions to end.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = SessionSet)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public CseSession[]? Session { get; set; }

    /// <summary>Names of the sessions to end; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == NameSet)
        {
            foreach (CseSession session in Name.SelectMany(FindSessions))
                Close(session);
        }
        else if (Session is not null)
        {
            foreach (CseSession session in Session)
                Close(session);
        }
        else if (SessionStore.FindDefault(Runspace.DefaultRunspace) is { } session)
        {
            Close(session);
        }
        else
        {
            WriteError(ErrorRecords.NotConnected());
        }
    }

    private void Close(CseSession session)
    {
        SessionStore.Close(session, Runspace.DefaultRunspace);
        WriteVerbose($"Session {session} is closed.");
    }
}
