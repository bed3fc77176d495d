using CseJobs.Client.Watching;
using CseJobs.Completion;
using CseJobs.Listing;
using CseJobs.Waiting;

namespace CseJobs.Commands;

/// <summary>Emits what happens on engines, change by change, as it is seen.</summary>
[Cmdlet(VerbsCommon.Watch, "CseEngineJob")]
[OutputType(typeof(JobChange))]
public sealed class WatchCseEngineJobCommand : CseTargetCmdlet
{
    private readonly List<WatchTarget> _targets = [];
    private readonly Dictionary<CseClient, CseSession> _sessions = [];

    /// <summary>The engines, by id, name or pattern; the session's own if left out. Engines that come to match a pattern later are watched, too.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [EngineIdTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The jobs that alone are watched, until they end; all of the engines if left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [JobIdTransformation(PassesEngines = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long[]? Id { get; set; }

    /// <summary>What ends the watch by itself: no job is at work (Idle), one has failed (Failure), one has ended (Any). Nothing if left out.</summary>
    [Parameter]
    [ValidateSet(nameof(WatchUntil.Idle), nameof(WatchUntil.Failure), nameof(WatchUntil.Any))]
    public string? Until { get; set; }

    /// <summary>Whether what is at work already comes first.</summary>
    [Parameter]
    public SwitchParameter IncludeCurrent { get; set; }

    /// <summary>Seconds that the watch may take, from 1; without an end if left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>Seconds between two reads of a job at work and of the list of engines, 0.001 to 86400. If left out, 1 to 15.</summary>
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

    /// <inheritdoc/>
    private protected override bool KeepsPatterns => true;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        CseClient client = Current.Client;
        _sessions[client] = Current;
        foreach (TargetEngine engine in target.Engines)
        {
            if (engine.IsPattern && target.Jobs is null)
            {
                var pattern = new NamePattern(engine.Text);
                _targets.Add(WatchTarget.Engines(client, one => pattern.Matches(one.Name)));
                continue;
            }

            // A text may be an id or a name: which of them shows before anything is watched.
            Attempt(engine.Text, null, () =>
            {
                if (engine.IsTyped)
                    Send(engine.Text, client => engine.SendAsync(id => client.GetEngineAsync(id, Observer, StopToken)));

                if (target.Jobs is null)
                    _targets.Add(WatchTarget.Engine(client, engine.Id));
                else
                    _targets.AddRange(target.Jobs.Select(id => WatchTarget.Job(client, engine.Id, id)));
            });
        }
    }

    /// <summary>The watch: only now all that is to be watched is known.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_targets.Count == 0)
            return;

        TimeProvider time = _targets[0].Client.Options.TimeProvider;
        using var bars = new JobBars(this, time, Post);
        var watcher = new JobWatcher(_targets, MakeOptions(bars), Observer);
        IAsyncEnumerator<JobChange> changes = watcher.WatchAsync(StopToken).GetAsyncEnumerator(StopToken);
        try
        {
            while (Await(changes.MoveNextAsync().AsTask()))
                WriteObject(SessionMark.On(changes.Current));
        }
        finally
        {
            // Its reads have been cancelled by then, if it was stopped.
            _ = changes.DisposeAsync().AsTask();
        }

        if (watcher.HasTimedOut && Until is not null)
            WriteError(ErrorRecords.WatchTimedOut(Until, TimeoutSec));
    }

    private WatchOptions MakeOptions(JobBars bars) => new()
    {
        Timeout = IsBound(nameof(TimeoutSec)) ? TimeSpan.FromSeconds(TimeoutSec) : null,
        PollInterval = IsBound(nameof(PollIntervalSec)) ? TimeSpan.FromTicks((long)(PollIntervalSec * TimeSpan.TicksPerSecond)) : null,
        Until = Until is null ? WatchUntil.Cancelled : Enum.Parse<WatchUntil>(Until, ignoreCase: true),
        IncludeCurrent = IncludeCurrent,
        OnRead = job => bars.Set(job, SafeText.CleanLine(job.EngineName ?? job.EngineId ?? "-")),
        OnError = (error, client) => Post(() =>
        {
            Use(_sessions[client]);
            WriteError(error, error.EngineId ?? Current.Name, error.JobId);
        }),
    };
}
