using System.Management.Automation;
using CseJobs.Client.Waiting;

namespace CseJobs.Waiting;

/// <summary>A progress bar for each job that goes on. Reads become rare; the elapsed time is shown anew each second all the same.</summary>
internal sealed class WaitProgress : IDisposable
{
    private const int FirstId = 1_702_000;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Cmdlet _cmdlet;
    private readonly Dictionary<WaitedJob, int> _ids = new();
    private readonly HashSet<WaitedJob> _shown = new();
    private readonly Timer _timer;
    private int _isTicking;

    /// <param name="cmdlet">Writes.</param>
    /// <param name="jobs">The jobs: a bar keeps its place.</param>
    /// <param name="post">Runs an action on the pipeline's thread.</param>
    public WaitProgress(Cmdlet cmdlet, IEnumerable<WaitedJob> jobs, Action<Action> post)
    {
        _cmdlet = cmdlet;
        foreach (WaitedJob job in jobs)
        {
            _ids.Add(job, FirstId + _ids.Count);
        }

        _timer = new Timer(_ => OnTick(post), null, Tick, Tick);
    }

    /// <summary>Shows how far a job is.</summary>
    public void Show(WaitedJob job)
    {
        JobProgress progress = JobProgress.Of(job.Last!, DateTimeOffset.UtcNow);
        _shown.Add(job);

        // A new record each time: hosts keep them.
        _cmdlet.WriteProgress(new ProgressRecord(_ids[job], WaitText.ShortName(job), WaitText.Progress(job, progress))
        {
            CurrentOperation = "Engine " + Client.Text.SafeText.CleanLine(job.Engine),
            PercentComplete = progress.Percent ?? -1,
            SecondsRemaining = progress.Remaining is { } left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
        });
    }

    /// <summary>Takes a job's bar away.</summary>
    public void End(WaitedJob job)
    {
        if (_shown.Remove(job))
        {
            _cmdlet.WriteProgress(new ProgressRecord(_ids[job], WaitText.ShortName(job), "-") { RecordType = ProgressRecordType.Completed });
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        try
        {
            foreach (WaitedJob job in new List<WaitedJob>(_shown))
            {
                End(job);
            }
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline clears its progress bars itself.
        }
    }

    // While the pipeline is busy elsewhere, ticks must not heap up.
    private void OnTick(Action<Action> post)
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 0)
        {
            post(() =>
            {
                Volatile.Write(ref _isTicking, 0);
                foreach (WaitedJob job in new List<WaitedJob>(_shown))
                {
                    Show(job);
                }
            });
        }
    }
}
