using System.Management.Automation.Runspaces;
using CseJobs.Completion;

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
    [SessionTransformation(IsList = true)]
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
        IEnumerable<CseSession> sessions = ParameterSetName == NameSet ? Name.SelectMany(FindSessions)
            : Session ?? (SessionStore.FindDefault(Runspace.DefaultRunspace) is { } session ? [session] : []);
        if (ParameterSetName == SessionSet && !sessions.Any())
            WriteError(ErrorRecords.NotConnected());

        foreach (CseSession ended in sessions)
        {
            SessionStore.Close(ended, Runspace.DefaultRunspace);
            WriteVerbose($"Session {ended} ({ended.Endpoint.GetLeftPart(UriPartial.Authority)}) is closed.");
        }
    }
}
