using System.Collections.Concurrent;
using CseJobs.Client.Waiting;

namespace CseJobs.Waiting;

/// <summary>
/// Shows how a wait goes on: progress bars, verbose lines, and one warning for an outage. Reads become rare; the elapsed time is shown
/// anew each second all the same. A host may take seconds to draw: what is to be drawn does not heap up meanwhile, and as long as the
/// last drawing took, none follows.
/// </summary>
internal sealed class WaitProgress : IDisposable
{
    private const int FirstId = 1_702_000;

    // More do not fit on a screen.
    private const int MaxBars = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Cmdlet _cmdlet;
    private readonly TimeProvider _time;
    private readonly Action<Action> _post;
    private readonly TrackedJob[] _jobs;

    // What was read last of each job that goes on. Not the job that is tracked: that may be read again while it is shown.
    private readonly ConcurrentDictionary<TrackedJob, EngineJob> _reads = new();
    private readonly HashSet<int> _shown = new();
    private readonly ITimer _timer;
    private int _isPending;
    private long _drawn;
    private TimeSpan _cost;

    public WaitProgress(Cmdlet cmdlet, IEnumerable<TrackedJob> jobs, TimeProvider time, Action<Action> post)
    {
        _cmdlet = cmdlet;
        _time = time;
        _post = post;
        _jobs = jobs.ToArray();
        _timer = time.CreateTimer(_ => RequestDraw(), null, Tick, Tick);
    }

    /// <summary>Tells of a read after which the wait goes on. May be called on any thread.</summary>
    public void OnRead(TrackedJob job)
    {
        if (job.ReadError is { } error)
        {
            string text = FormattableString.Invariant(
                $"{WaitText.Name(job)} could not be read ({error.Reason}). The wait goes on; next try in {job.NextRead.TotalSeconds:0.###} s. {error.Message}");
            _post(job.IsOutageStart ? () => _cmdlet.WriteWarning(text) : () => _cmdlet.WriteVerbose(text));
            return;
        }

        EngineJob read = job.Job;
        if (job.MayRecover)
        {
            string text = $"{WaitText.Name(job)} reads {WaitText.Status(read)}, but it was retried or ran a moment ago: it may come back.";
            _post(() => _cmdlet.WriteVerbose(text));
        }

        _reads[job] = read;
        RequestDraw();
    }

    /// <summary>Takes a job's bar away.</summary>
    public void End(TrackedJob job)
    {
        _reads.TryRemove(job, out _);
        Hide(Array.IndexOf(_jobs, job), WaitText.ShortName(job));
    }

    public void Dispose()
    {
        _timer.Dispose();
        try
        {
            foreach (int bar in _shown.ToArray())
                Hide(bar, "-");
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
            // Who has a bar keeps it: the jobs are read in no certain order, and a bar more for each that comes late would make more than fit.
            int[] open = Enumerable.Range(0, _jobs.Length).Where(bar => _reads.ContainsKey(_jobs[bar])).OrderByDescending(_shown.Contains).ToArray();
            foreach (int bar in open.Take(MaxBars))
                Show(bar);

            if (open.Length > MaxBars)
                Show(_jobs.Length, new ProgressRecord(FirstId + _jobs.Length, "More jobs", FormattableString.Invariant($"and {open.Length - MaxBars:N0} more")));
            else
                Hide(_jobs.Length, "-");

            _drawn = _time.GetTimestamp();
            _cost = _time.GetElapsedTime(start, _drawn);
        }

        // Only now: a tick meanwhile would have come to be drawn at once, and the wait would never get to look at its jobs again.
        Volatile.Write(ref _isPending, 0);
    }

    private void Show(int bar)
    {
        TrackedJob job = _jobs[bar];
        if (!_reads.TryGetValue(job, out EngineJob? read))
            return;

        JobProgress progress = JobProgress.Of(read, _time.GetUtcNow());

        // A new record each time: hosts keep them.
        Show(bar, new ProgressRecord(FirstId + bar, WaitText.ShortName(job), WaitText.Progress(read, progress))
        {
            CurrentOperation = "Engine " + WaitText.Engine(job),
            PercentComplete = progress.Percent ?? -1,
            SecondsRemaining = progress.Remaining is { } left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
        });
    }

    private void Show(int bar, ProgressRecord record)
    {
        _shown.Add(bar);
        _cmdlet.WriteProgress(record);
    }

    private void Hide(int bar, string activity)
    {
        if (_shown.Remove(bar))
            _cmdlet.WriteProgress(new ProgressRecord(FirstId + bar, activity, "-") { RecordType = ProgressRecordType.Completed });
    }
}
