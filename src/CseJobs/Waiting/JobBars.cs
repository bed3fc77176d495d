using System.Collections.Concurrent;
using CseJobs.Client.Waiting;

namespace CseJobs.Waiting;

/// <summary>
/// Progress bars of jobs at work, ten at most. Reads become rare; the elapsed time is shown anew each second all the same. A host may take
/// seconds to draw: what is to be drawn does not heap up meanwhile, and as long as the last drawing took, none follows.
/// </summary>
internal sealed class JobBars : IDisposable
{
    private const int FirstId = 1_702_000;

    // More do not fit on a screen.
    private const int MaxBars = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Cmdlet _cmdlet;
    private readonly TimeProvider _time;
    private readonly Action<Action> _post;
    private readonly ConcurrentDictionary<(string Engine, long Id), (EngineJob Job, string Engine, long Order)> _jobs = new();
    private readonly Dictionary<(string Engine, long Id), (int Bar, string Title)> _bars = new();
    private readonly ITimer _timer;
    private long _order;
    private bool _hasMore;
    private int _isPending;
    private long _drawn;
    private TimeSpan _cost;

    /// <param name="cmdlet">Whose bars they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="post">Has something done on the pipeline's thread.</param>
    public JobBars(Cmdlet cmdlet, TimeProvider time, Action<Action> post)
    {
        (_cmdlet, _time, _post) = (cmdlet, time, post);
        _timer = time.CreateTimer(_ => RequestDraw(), null, Tick, Tick);
    }

    /// <summary>Shows a job as it was read; not one that has ended. May be called on any thread.</summary>
    public void Set(EngineJob job, string engine)
    {
        (string, long) key = (job.EngineId ?? engine, job.Id);
        if (job.Status == JobStatus.Finished)
            _jobs.TryRemove(key, out _);
        else
            _jobs.AddOrUpdate(key, _ => (job, engine, Interlocked.Increment(ref _order)), (_, known) => (job, engine, known.Order));

        RequestDraw();
    }

    /// <summary>Takes a job's bar away.</summary>
    public void Remove(string engineId, long id)
    {
        _jobs.TryRemove((engineId, id), out _);
        HideGone();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _jobs.Clear();
        try
        {
            HideGone();
            ShowMore(0);
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline clears its progress bars itself.
        }
    }

    private void RequestDraw()
    {
        if (Interlocked.Exchange(ref _isPending, 1) == 0)
            _post(Draw);
    }

    private void Draw()
    {
        long start = _time.GetTimestamp();
        if (_time.GetElapsedTime(_drawn, start) >= _cost)
        {
            HideGone();

            // Who has a bar keeps it: the jobs are read in no certain order, and a bar more for each that comes late would make more than fit.
            var waiting = _jobs.ToArray().Where(job => !_bars.ContainsKey(job.Key)).OrderBy(job => job.Value.Order).ToArray();
            int room = Math.Min(waiting.Length, MaxBars - _bars.Count);
            foreach (var (key, _) in waiting.Take(room))
                _bars.Add(key, (Enumerable.Range(0, MaxBars).First(bar => _bars.Values.All(taken => taken.Bar != bar)), "-"));

            foreach ((string Engine, long Id) key in _bars.Keys.ToArray())
                Show(key);

            ShowMore(waiting.Length - room);
            // The first one takes what it takes to get ready, which says nothing of the host.
            bool isFirst = _drawn == 0;
            _drawn = _time.GetTimestamp();
            _cost = isFirst ? TimeSpan.Zero : _time.GetElapsedTime(start, _drawn);
        }

        // Only now: a tick meanwhile would have come to be drawn at once, and whoever waits would never get to look at its jobs again.
        Volatile.Write(ref _isPending, 0);
    }

    private void Show((string Engine, long Id) key)
    {
        if (!_jobs.TryGetValue(key, out (EngineJob Job, string Engine, long Order) known))
            return;

        int bar = _bars[key].Bar;
        string title = WaitText.ShortName(known.Job);
        JobProgress progress = JobProgress.Of(known.Job, _time.GetUtcNow());
        _bars[key] = (bar, title);

        // A new record each time: hosts keep them.
        _cmdlet.WriteProgress(new ProgressRecord(FirstId + bar, title, WaitText.Progress(known.Job, progress))
        {
            CurrentOperation = "Engine " + known.Engine,
            PercentComplete = progress.Percent ?? -1,
        });
    }

    private void ShowMore(int more)
    {
        if (more > 0)
            _cmdlet.WriteProgress(new ProgressRecord(FirstId + MaxBars, "More jobs", FormattableString.Invariant($"and {more:N0} more")));
        else if (_hasMore)
            Complete(MaxBars, "More jobs");

        _hasMore = more > 0;
    }

    private void HideGone()
    {
        foreach ((string Engine, long Id) key in _bars.Keys.Where(key => !_jobs.ContainsKey(key)).ToArray())
        {
            _bars.Remove(key, out (int Bar, string Title) gone);
            Complete(gone.Bar, gone.Title);
        }
    }

    private void Complete(int bar, string title) => _cmdlet.WriteProgress(new ProgressRecord(FirstId + bar, title, "-") { RecordType = ProgressRecordType.Completed });
}
