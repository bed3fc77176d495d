using System.Collections.Concurrent;
using CseJobs.Client.Waiting;

namespace CseJobs.Waiting;

/// <summary>Tells how a wait goes on: bars, a verbose line for each step of a job, and one warning for an outage.</summary>
internal sealed class WaitProgress(Cmdlet cmdlet, TimeProvider time, Action<Action> post) : IDisposable
{
    private readonly JobBars _bars = new(cmdlet, time, post);

    // Not the job that is tracked: that may be read again while it is told of.
    private readonly ConcurrentDictionary<TrackedJob, EngineJob> _reads = new();

    /// <summary>Tells of a read after which the wait goes on. May be called on any thread.</summary>
    public void OnRead(TrackedJob job)
    {
        if (job.ReadError is { } error)
        {
            string text = FormattableString.Invariant(
                $"{WaitText.Name(job)} could not be read ({error.Reason}). The wait goes on; next try in {job.NextRead.TotalSeconds:0.###} s. {error.Message}");
            post(job.IsOutageStart ? () => cmdlet.WriteWarning(text) : () => cmdlet.WriteVerbose(text));
            return;
        }

        if (job.MayRecover)
        {
            string text = $"{WaitText.Name(job)} reads {WaitText.Status(job.Job)}, but it was retried or ran a moment ago: it may come back.";
            post(() => cmdlet.WriteVerbose(text));
        }

        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<JobChange> changes = _reads.TryGetValue(job, out EngineJob? before) ? JobChange.Between(before, job.Job, now) : [JobChange.Current(job.Job, now)];
        _reads[job] = job.Job;
        foreach (JobChange change in changes)
        {
            string text = FormattableString.Invariant($"{change.Time:HH:mm:ss} {WaitText.Name(job)}: {change.What}");
            post(() => cmdlet.WriteVerbose(text));
        }

        _bars.Set(job.Job, WaitText.Engine(job));
    }

    /// <summary>Takes a job's bar away.</summary>
    public void End(TrackedJob job) => _bars.Remove(job.EngineId, job.Id);

    public void Dispose() => _bars.Dispose();
}
