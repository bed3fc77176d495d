using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>Lists the open sessions.</summary>
[Cmdlet(VerbsCommon.Get, "CseSession")]
[OutputType(typeof(CseSession))]
public sealed class GetCseSessionCommand : CseCmdlet
{
    /// <summary>Names of the sessions; wildcards are allowed. All when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = { "*" };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            WriteObject(FindSessions(name), enumerateCollection: true);
    }
}
