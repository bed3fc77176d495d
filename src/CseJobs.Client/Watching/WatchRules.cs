using CseJobs.Client.Waiting;

namespace CseJobs.Client.Watching;

/// <summary>What holds for all that is watched: the clock, the pace, and how a change is told.</summary>
internal sealed class WatchRules(WatchOptions options, TimeProvider time, ICallObserver? observer)
{
    // A fleet at rest costs the list of its engines four times a minute, and the jobs of each engine once in a while, in case that list does not tell.
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AtWork = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InCase = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan InCasePerEngine = TimeSpan.FromSeconds(1.2);

    private readonly long _start = time.GetTimestamp();
    private readonly HashSet<CseClient> _withoutFleet = [];
    private int _listed;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public DateTimeOffset Now => time.GetUtcNow();

    public ICallObserver? Observer => observer;

    public bool IncludesCurrent => options.IncludeCurrent;

    /// <summary>How many engines are watched, and whether a job of one is at work.</summary>
    public (int Engines, bool IsBusy) State { get; set; }

    /// <summary>Time between two reads of the list of engines.</summary>
    public TimeSpan FleetInterval => options.PollInterval ?? (State.IsBusy ? AtWork : AtRest);

    public PollBackoff NewBackoff() => new(options.PollInterval);

    public void OnRead(EngineJob job) => options.OnRead?.Invoke(job);

    /// <summary>A client whose list of engines cannot be read: the jobs of its engines tell alone.</summary>
    public void DoWithoutFleet(CseClient client) => _withoutFleet.Add(client);

    /// <summary>When the jobs of an engine are listed next unless something happens. The first times are spread over the interval.</summary>
    public TimeSpan NextList(EngineWatch engine)
    {
        if (_withoutFleet.Contains(engine.Client))
            return Elapsed + (options.PollInterval ?? AtRest);

        TimeSpan interval = InCase > InCasePerEngine * State.Engines ? InCase : InCasePerEngine * State.Engines;
        return Elapsed + (_listed++ < State.Engines ? interval * (0.5 + ((double)_listed / State.Engines)) : interval);
    }

    public JobChange Change(JobStep step, CseClient client, string engineId, EngineJob? job) =>
        JobChange.Of(step, job, Now, client, engineId, client.EngineNameOf(engineId) ?? job?.EngineName);
}
