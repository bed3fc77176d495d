using CseJobs.Client.Watching;
using CseJobs.Listing;
using CseJobs.Waiting;

namespace CseJobs.Commands;

/// <summary>Emits what happens on engines, change by change, as it is seen.</summary>
[Cmdlet(VerbsCommon.Watch, "CseEngineJob")]
[OutputType(typeof(JobChange))]
public sealed class WatchCseEngineJobCommand : CseFollowCmdlet
{
    private readonly List<WatchTarget> _targets = [];
    private readonly Dictionary<CseClient, CseSession> _sessions = [];

    /// <summary>What ends the watch by itself: no job is at work (Idle), one has failed (Failure), one has ended (Any). Nothing if left out.</summary>
    [Parameter]
    [ValidateSet(nameof(WatchUntil.Idle), nameof(WatchUntil.Failure), nameof(WatchUntil.Any))]
    public string? Until { get; set; }

    /// <summary>Whether what is at work already comes first.</summary>
    [Parameter]
    public SwitchParameter IncludeCurrent { get; set; }

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
        foreach (JobChange change in Each(watcher.WatchAsync(StopToken)))
            WriteObject(SessionMark.On(change));

        if (watcher.HasTimedOut && Until is not null)
            WriteError(ErrorRecords.WatchTimedOut(Until, TimeoutSec));
    }

    private WatchOptions MakeOptions(JobBars bars) => new()
    {
        Timeout = Limit,
        PollInterval = PollInterval,
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
