using CseJobs.Client.Paging;
using CseJobs.Client.Waiting;

namespace CseJobs.Client.Watching;

/// <summary>
/// One engine that is watched. One read at a time: the list of its jobs, which shows new ones, or one of those at work in detail. Changes
/// come from details alone, job after job, so that they come in the order in which they happened.
/// </summary>
internal sealed class EngineWatch : WatchPoll
{
    // New jobs begin later than known ones; a little room for what was begun side by side.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    // For jobs at work that began before the watch; those that began even earlier the list of engines tells. By this machine's clock.
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(1);

    private readonly SeenIds _known = new();
    private readonly SortedDictionary<long, LiveJob> _live = [];
    private readonly bool _isOfJobs;
    private bool _hasBaseline;
    private bool _wasSeenAnew;
    private long? _newest;
    private Task<List<EngineJob>>? _list;
    private (long Id, Task<EngineJob> Read)? _detail;
    private TimeSpan _listDue;
    private DateTimeOffset? _newestStart;
    private EngineJob? _lastEnded;

    /// <param name="client">Who reads it.</param>
    /// <param name="engineId">The engine.</param>
    /// <param name="rules">How to watch.</param>
    /// <param name="isNew">Whether the engine itself is news: all of its jobs are, then.</param>
    /// <param name="jobs">The jobs that alone are watched; empty for all.</param>
    public EngineWatch(CseClient client, string engineId, WatchRules rules, bool isNew = false, IEnumerable<long>? jobs = null)
        : base(client, rules)
    {
        (EngineId, _hasBaseline) = (engineId, isNew);
        foreach (long id in jobs ?? [])
        {
            _isOfJobs = _hasBaseline = true;
            _live[id] = LiveJob.Unknown(rules.IncludesCurrent, rules.NewBackoff());
        }
    }

    public string EngineId { get; }

    /// <summary>Whether nothing is left to watch: of jobs that were named, none goes on.</summary>
    public bool IsOver => _isOfJobs && _live.Count == 0;

    /// <summary>Whether a job is at work, or may be: nothing is known before the first look.</summary>
    public bool IsBusy => !_hasBaseline || _live.Count > 0;

    public override Task? Work => (Task?)_list ?? _detail?.Read;

    protected override TimeSpan Due
    {
        get
        {
            TimeSpan job = _live.Count > 0 ? _live.Values.Min(live => live.DueAt) : TimeSpan.MaxValue;
            return _isOfJobs || job < _listDue ? job : _listDue;
        }
    }

    public override void Begin(CancellationToken cancellationToken)
    {
        // The list first: what it shows may be older than what is known.
        if (!_isOfJobs && _listDue <= Rules.Elapsed)
        {
            _wasSeenAnew = false;
            _list = ListAsync(cancellationToken);
            return;
        }

        long id = _live.MinBy(job => job.Value.DueAt).Key;
        _detail = (id, Client.GetJobAsync(EngineId, id, Rules.Observer, cancellationToken));
    }

    /// <summary>The engine looks different from outside: its jobs are looked at now, its newest, as it tells that, even if it has ended.</summary>
    /// <param name="newest">The engine's newest job; null when it tells none.</param>
    /// <param name="isFirst">Whether nothing was known of the engine before: how it looks is no news then.</param>
    public void Look(long? newest, bool isFirst)
    {
        if (_isOfJobs)
            return;

        _newest = newest;
        if (!isFirst)
            (_listDue, _wasSeenAnew) = (TimeSpan.Zero, true);

        if (!_hasBaseline || newest is not { } id || _live.ContainsKey(id))
            return;

        bool isNew = _known.Add(id);
        if (!isFirst)
            _live[id] = isNew ? LiveJob.New(null, Rules.NewBackoff()) : LiveJob.Again(_lastEnded?.Id == id ? _lastEnded : null, Rules.NewBackoff());
        else if (isNew)
            _live[id] = LiveJob.Unknown(Rules.IncludesCurrent, Rules.NewBackoff());
    }

    /// <summary>Takes the answer of the read that has ended.</summary>
    /// <returns>What has happened, in order.</returns>
    /// <exception cref="CseApiException">The read failed.</exception>
    public IReadOnlyList<JobChange> Take()
    {
        IReadOnlyList<JobChange> changes = [];
        if (_list is { } list)
        {
            _list = null;
            TakeList(list.GetAwaiter().GetResult());
        }
        else if (_detail is var (id, read))
        {
            _detail = null;
            changes = TakeJob(id, read);
        }

        Answered();
        return changes;
    }

    private async Task<List<EngineJob>> ListAsync(CancellationToken cancellationToken)
    {
        var query = new JobQuery { From = (_newestStart ?? Rules.Now - FirstLook) - Overlap };
        using Pager<EngineJob> pager = Client.ListJobs(EngineId, query, Rules.Observer);
        return await pager.ReadAllAsync(cancellationToken).ConfigureAwait(false);
    }

    private void TakeList(List<EngineJob> jobs)
    {
        foreach (EngineJob job in jobs)
        {
            _newestStart = job.StartTimeMs > (_newestStart?.ToUnixTimeMilliseconds() ?? 0) ? DateTimeOffset.FromUnixTimeMilliseconds(job.StartTimeMs) : _newestStart;
            bool isNew = _known.Add(job.Id);
            bool isOver = JobStage.IsOver(job);
            if (_live.ContainsKey(job.Id))
                continue;

            if (!_hasBaseline)
            {
                if (!isOver)
                    _live[job.Id] = LiveJob.Current(Rules.IncludesCurrent, Rules.NewBackoff());
                else if (_lastEnded is null || job.CompareTo(_lastEnded) > 0)
                    _lastEnded = job;
            }
            else if (isNew || !isOver)
            {
                _live[job.Id] = isNew ? LiveJob.New(job, Rules.NewBackoff()) : LiveJob.Again(_lastEnded?.Id == job.Id ? _lastEnded : null, Rules.NewBackoff());

                // In the order in which they were begun: those that are known go first.
                foreach (LiveJob live in _live.Values)
                    live.DueAt = TimeSpan.Zero;
            }
        }

        // One that began long ago, or has not begun: no window has it.
        if (!_hasBaseline && _newest is { } newest && _known.Add(newest))
            _live[newest] = LiveJob.Unknown(Rules.IncludesCurrent, Rules.NewBackoff());

        _hasBaseline = true;
        _listDue = _wasSeenAnew ? TimeSpan.Zero : Rules.NextList(this);
    }

    private IReadOnlyList<JobChange> TakeJob(long id, Task<EngineJob> read)
    {
        LiveJob live = _live[id];
        EngineJob job;
        try
        {
            job = read.GetAwaiter().GetResult();
        }
        catch (CseApiException e) when (e.Reason == CseErrorReason.JobNotFound)
        {
            // It is gone. What the list told of it is all that is known.
            _live.Remove(id);
            if (_isOfJobs)
                throw;

            return live.Told is { } told ? Tell(live, told) : [];
        }

        Rules.OnRead(job);
        IReadOnlyList<JobChange> changes = Tell(live, job);
        if (JobStage.IsOver(job))
        {
            _live.Remove(id);
            _lastEnded = _lastEnded is null || _lastEnded.Id == id || job.CompareTo(_lastEnded) > 0 ? job : _lastEnded;
        }

        return changes;
    }

    private JobChange[] Tell(LiveJob live, EngineJob job) => [.. live.Take(job, Rules.Elapsed).Select(step => Rules.Change(step, Client, EngineId, job))];
}
