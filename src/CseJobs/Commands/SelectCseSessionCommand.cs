using System.Management.Automation.Runspaces;
using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>Makes an open session the default one.</summary>
[Cmdlet(VerbsCommon.Select, "CseSession")]
[OutputType(typeof(CseSession))]
public sealed class SelectCseSessionCommand : CseCmdlet
{
    /// <summary>The session, or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNull]
    public CseSession Session { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Session.IsClosed)
        {
            WriteError(ErrorRecords.SessionClosed(Session));
            return;
        }

        SessionStore.Select(Session, Runspace.DefaultRunspace);
        WriteObject(Session);
    }
}
