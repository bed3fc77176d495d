using System.Runtime.CompilerServices;
using CseJobs.Client.Waiting;

namespace CseJobs.Client.Watching;

/// <summary>
/// Watches engines and their jobs, and tells each change once, as it is seen. Reads are quick while a job is at work and rare at rest, spread, and
/// four at once; what a server refuses for now slows all of them down. An outage is warned of once, and what happened meanwhile is told
/// after it.
/// </summary>
public sealed class JobWatcher
{
    /// <summary>Reads under way at once.</summary>
    internal const int MaxReads = 4;

    private readonly IReadOnlyList<WatchTarget> _targets;
    private readonly WatchOptions _options;
    private readonly TimeProvider _time;
    private readonly ICallObserver? _observer;
    private readonly WatchRules _rules;
    private readonly List<WatchPoll> _polls = [];
    private bool _isOutageKnown;
    private bool _isOver;

    /// <summary>Describes a watch. Nothing is sent before its changes are asked for.</summary>
    /// <param name="targets">What to watch.</param>
    /// <param name="options">How to watch; null for the defaults.</param>
    /// <param name="observer">Is told of requests, waits and outages, on any thread.</param>
    public JobWatcher(IEnumerable<WatchTarget> targets, WatchOptions? options = null, ICallObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _targets = [.. targets];
        _options = options ?? new WatchOptions();
        _observer = observer;
        _time = _options.TimeProvider ?? (_targets.Count > 0 ? _targets[0].Client.Options.TimeProvider : TimeProvider.System);
        _rules = new WatchRules(_options, _time, observer);
    }

    /// <summary>Whether the watch has ended because its time was up.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>The changes as they are seen; ask for them once.</summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>Ends when the time is up, when what <see cref="WatchOptions.Until"/> says has come, or when nothing is left to watch.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async IAsyncEnumerable<JobChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var loop = new PollLoop(_time, MaxReads, cancellationToken);
        Begin();
        while (_polls.Count > 0 && !_isOver)
        {
            if (loop.Elapsed >= _options.Timeout)
            {
                HasTimedOut = true;
                yield break;
            }

            await loop.NextAsync(_polls, _options.Timeout).ConfigureAwait(false);
            foreach (WatchPoll poll in _polls.FindAll(poll => poll.Work is { IsCompleted: true }))
            {
                // It may be watched no more: its client was refused a moment ago.
                if (!_polls.Contains(poll))
                    continue;

                foreach (JobChange change in Judge(poll, loop))
                {
                    _isOver |= change.Kind == JobChangeKind.Ended && (_options.Until == WatchUntil.Any || (_options.Until == WatchUntil.Failure && change.Job!.Failed));
                    yield return change;
                }
            }

            _polls.RemoveAll(poll => poll is EngineWatch { IsOver: true });
            EngineWatch[] engines = [.. _polls.OfType<EngineWatch>()];
            _rules.State = (engines.Length, engines.Any(engine => engine.IsBusy));
            _isOver |= _options.Until == WatchUntil.Idle && !_rules.State.IsBusy && _polls.OfType<FleetWatch>().All(fleet => fleet.IsKnown);
        }
    }

    private void Begin()
    {
        foreach (IGrouping<CseClient, WatchTarget> ofClient in _targets.GroupBy(target => target.Client))
        {
            string[] engines = [.. ofClient.Where(target => target is { EngineId: not null, JobId: null }).Select(target => target.EngineId!).Distinct(StringComparer.OrdinalIgnoreCase)];
            Func<Engine, bool>[] tests = [.. ofClient.Where(target => target.Matches is not null).Select(target => target.Matches!)];
            if (engines.Length + tests.Length > 0)
                _polls.Add(new FleetWatch(ofClient.Key, engine => Array.Exists(tests, test => test(engine)) || engines.Contains(engine.Id, StringComparer.OrdinalIgnoreCase), _rules));

            foreach (string engine in engines)
                _polls.Add(new EngineWatch(ofClient.Key, engine, _rules));

            foreach (IGrouping<string, WatchTarget> jobs in ofClient.Where(target => target.JobId is not null).GroupBy(target => target.EngineId!, StringComparer.OrdinalIgnoreCase))
            {
                if (!engines.Contains(jobs.Key, StringComparer.OrdinalIgnoreCase))
                    _polls.Add(new EngineWatch(ofClient.Key, jobs.Key, _rules, jobs: jobs.Select(target => target.JobId!.Value)));
            }
        }
    }

    private IReadOnlyList<JobChange> Judge(WatchPoll poll, PollLoop loop)
    {
        try
        {
            bool hadFailed = poll.Failures > 0;
            IReadOnlyList<JobChange> changes = poll is FleetWatch fleet ? TakeFleet(fleet) : ((EngineWatch)poll).Take();
            _isOutageKnown &= !hadFailed;
            return changes;
        }
        catch (CseApiException e) when (e.IsTransient)
        {
            TimeSpan pause = poll.PauseAfter(e);
            if (e.Reason == CseErrorReason.Throttled)
                loop.HoldUntil(loop.Elapsed + pause);

            if (!_isOutageKnown)
            {
                _observer?.Warning(string.Create(CultureInfo.InvariantCulture,
                    $"{Name(poll)} could not be read ({e.Reason}). The watch goes on and will tell what happens meanwhile; next try in {pause.TotalSeconds:0.#} s. {e.Message}"));
            }

            _isOutageKnown = true;
            return [];
        }
        catch (CseApiException e)
        {
            return GiveUp(poll, e);
        }
    }

    private List<JobChange> TakeFleet(FleetWatch fleet)
    {
        (IReadOnlyList<Engine> changed, IReadOnlyList<string> gone) = fleet.Take(out bool isFirst);
        var changes = new List<JobChange>();
        foreach (Engine engine in changed)
        {
            EngineWatch? watch = Find(fleet.Client, engine.Id);
            if (watch is null)
            {
                _polls.Add(watch = new EngineWatch(fleet.Client, engine.Id, _rules, isNew: !isFirst));
                if (!isFirst)
                    changes.Add(_rules.Change(new JobStep(JobChangeKind.EngineAppeared), fleet.Client, engine.Id, null));
            }

            watch.Look(engine.LatestJobId, isFirst);
        }

        foreach (EngineWatch watch in gone.Select(id => Find(fleet.Client, id)).OfType<EngineWatch>())
        {
            _polls.Remove(watch);
            changes.Add(_rules.Change(new JobStep(JobChangeKind.EngineGone), fleet.Client, watch.EngineId, null));
        }

        return changes;
    }

    /// <summary>What cannot be read any more is watched no more; the rest is.</summary>
    private IReadOnlyList<JobChange> GiveUp(WatchPoll poll, CseApiException error)
    {
        if (poll is EngineWatch { IsKnown: true } gone && error.Reason == CseErrorReason.EngineNotFound)
        {
            _polls.Remove(poll);
            return [_rules.Change(new JobStep(JobChangeKind.EngineGone), gone.Client, gone.EngineId, null)];
        }

        CseClient client = poll.Client;
        if (poll is EngineWatch { IsOver: false } && error.Reason == CseErrorReason.JobNotFound)
        {
            // One of several jobs: the others go on.
            _options.OnError?.Invoke(error, client);
            return [];
        }

        _polls.Remove(poll);
        if (error.Reason is CseErrorReason.AuthenticationFailed or CseErrorReason.SessionClosed)
            _polls.RemoveAll(other => other.Client == client);
        else if (poll is FleetWatch && !_targets.Any(target => target.Client == client && target.Matches is not null))
        {
            // Whoever may not list engines can still watch some that are named.
            _rules.DoWithoutFleet(client);
            _observer?.Notice("The list of engines could not be read; the jobs of each engine are listed instead. " + error.Message);
            return [];
        }

        _options.OnError?.Invoke(error, client);
        return [];
    }

    private EngineWatch? Find(CseClient client, string engineId) =>
        _polls.OfType<EngineWatch>().FirstOrDefault(watch => watch.Client == client && watch.EngineId.Equals(engineId, StringComparison.OrdinalIgnoreCase));

    private static string Name(WatchPoll poll) => poll is EngineWatch engine
        ? "Engine " + SafeText.CleanLine(engine.Client.EngineNameOf(engine.EngineId) ?? engine.EngineId) : "The list of engines";
}
