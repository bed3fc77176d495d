using CseJobs.Client.Waiting;

namespace CseJobs.Waiting;

/// <summary>
/// Shows how a wait goes on: a progress bar for each job, verbose lines, and one warning for an outage. Reads become rare; the elapsed
/// time is shown anew each second all the same.
/// </summary>
internal sealed class WaitProgress : IDisposable
{
    private const int FirstId = 1_702_000;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Cmdlet _cmdlet;
    private readonly TimeProvider _time;
    private readonly Action<Action> _post;
    private readonly Dictionary<TrackedJob, int> _ids;
    private readonly Dictionary<TrackedJob, EngineJob> _shown = new();
    private readonly ITimer _timer;
    private int _isTicking;

    public WaitProgress(Cmdlet cmdlet, IEnumerable<TrackedJob> jobs, TimeProvider time, Action<Action> post)
    {
        _cmdlet = cmdlet;
        _time = time;
        _post = post;
        _ids = jobs.Select((job, i) => (job, i)).ToDictionary(one => one.job, one => FirstId + one.i);
        _timer = time.CreateTimer(_ => OnTick(), null, Tick, Tick);
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

        // What was read, not the job that is tracked: by the time the pipeline shows it, that may have been read again.
        _post(() => Show(job, read));
    }

    /// <summary>Takes a job's bar away.</summary>
    public void End(TrackedJob job)
    {
        if (_shown.Remove(job))
            _cmdlet.WriteProgress(new ProgressRecord(_ids[job], WaitText.ShortName(job), "-") { RecordType = ProgressRecordType.Completed });
    }

    public void Dispose()
    {
        _timer.Dispose();
        try
        {
            foreach (TrackedJob job in _shown.Keys.ToArray())
                End(job);
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline clears its progress bars itself.
        }
    }

    private void Show(TrackedJob job, EngineJob read)
    {
        JobProgress progress = JobProgress.Of(read, _time.GetUtcNow());
        _shown[job] = read;

        // A new record each time: hosts keep them.
        _cmdlet.WriteProgress(new ProgressRecord(_ids[job], WaitText.ShortName(job), WaitText.Progress(read, progress))
        {
            CurrentOperation = "Engine " + SafeText.CleanLine(job.EngineId),
            PercentComplete = progress.Percent ?? -1,
            SecondsRemaining = progress.Remaining is { } left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
        });
    }

    // While the pipeline is busy elsewhere, ticks must not heap up.
    private void OnTick()
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 0)
        {
            _post(() =>
            {
                Volatile.Write(ref _isTicking, 0);
                foreach ((TrackedJob job, EngineJob read) in _shown.ToArray())
                    Show(job, read);
            });
        }
    }
}
