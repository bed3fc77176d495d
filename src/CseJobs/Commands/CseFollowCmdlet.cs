using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>Base of the cmdlets that follow engines and jobs for a while: their parameters, and how long and how often.</summary>
public abstract class CseFollowCmdlet : CseTargetCmdlet
{
    private protected CseFollowCmdlet()
    {
    }

    /// <summary>The engines, by id, name or pattern; the session's own if left out. Each job that is piped in names its own.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [EngineIdTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The jobs that are meant.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [JobIdTransformation(PassesEngines = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long[]? Id { get; set; }

    /// <summary>Seconds that it may take, from 1; without an end if left out. The jobs go on when it is over.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>Seconds between two reads, 0.001 to 86400. If left out, 1 to 15.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400.0)]
    public double PollIntervalSec { get; set; }

    /// <summary>
    /// The sessions to use, or their names and patterns. Without it engines and jobs go to the session that has read them, everything else to the
    /// default one: the runspace's own, else the process's.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [SessionTransformation(IsList = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public CseSession[]? Session { get; set; }

    /// <inheritdoc/>
    private protected override CseSession[]? Sessions => Session;

    /// <inheritdoc/>
    private protected override string[]? EngineIds => EngineId;

    /// <inheritdoc/>
    private protected override long[]? JobIds => Id;

    /// <summary>How long at most; null without an end.</summary>
    private protected TimeSpan? Limit => IsBound(nameof(TimeoutSec)) ? TimeSpan.FromSeconds(TimeoutSec) : null;

    /// <summary>The time between two reads; null where none was given.</summary>
    private protected TimeSpan? PollInterval => IsBound(nameof(PollIntervalSec)) ? TimeSpan.FromTicks((long)(PollIntervalSec * TimeSpan.TicksPerSecond)) : null;
}
