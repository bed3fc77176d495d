using CseJobs.Client.Waiting;
using CseJobs.Listing;
using CseJobs.Waiting;

namespace CseJobs.Commands;

/// <summary>Waits until jobs are Finished, Error or Timeout, and emits each in detail as it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "CseEngineJob")]
[OutputType(typeof(EngineJob))]
public sealed class WaitCseEngineJobCommand : CseFollowCmdlet
{
    private readonly List<(TrackedJob Job, TargetEngine Engine)> _jobs = new();
    private readonly HashSet<(CseSession Session, string Engine, long Id)> _known = new();

    /// <summary>Ends as soon as one job has ended.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach (TargetEngine engine in target.Engines)
        {
            Attempt(engine.Text, null, () =>
            {
                foreach (long id in target.Jobs ?? Newest(engine))
                {
                    // Its state as it was when it was read: a job that was retried a moment ago may still read Error.
                    var job = new TrackedJob(engine.Id, id, Text("Type"), Text("Status")) { Client = Current.Client };
                    if (_known.Add((Current, engine.Id, id)))
                        _jobs.Add((job, engine));
                }
            });
        }

        string? Text(string property) => target.Piped is { JobId: not null } piped ? piped.Property(property)?.ToString() : null;
    }

    private long[] Newest(TargetEngine engine)
    {
        if ((engine.LatestJobId ?? Send(engine.Text, client => engine.SendAsync(id => client.GetEngineAsync(id, Observer, StopToken))).LatestJobId) is { } newest)
            return [newest];

        WriteError(ErrorRecords.NoJob(engine));
        return [];
    }

    /// <summary>The wait: only now all jobs are known, and those of several engines are read side by side.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();

        // Again for those whose engine turned out to be called by its name: all others have ended by then.
        while (_jobs.Count > 0)
            WaitForAll();
    }

    private void WaitForAll()
    {
        Dictionary<TrackedJob, TargetEngine> jobs = _jobs.ToDictionary(entry => entry.Job, entry => entry.Engine);
        _jobs.Clear();
        var options = new WaitOptions
        {
            Timeout = Limit,
            PollInterval = PollInterval,
            Any = Any,
        };
        using var progress = new WaitProgress(this, Current.Client.Options.TimeProvider, Post);
        using var waiter = new JobWaiter(Current.Client, jobs.Keys, options with { OnRead = progress.OnRead }, Observer, StopToken);
        while (Await(waiter.NextAsync()) is { } ended)
        {
            foreach (TrackedJob job in ended)
            {
                progress.End(job);
                Use(SessionStore.Of(job.Client)!);
                Attempt(job.EngineId, job.Id, () =>
                {
                    if (IsNamed(job, jobs[job]))
                        _jobs.Add((new TrackedJob(jobs[job].Id, job.Id) { Client = job.Client }, jobs[job]));
                    else
                        Show(job);
                });
            }
        }

        if (Any && jobs.Keys.Any(job => job.IsEndOfJob))
            _jobs.Clear();
    }

    /// <summary>Whether a job could not be read because its engine was called by its name, whose id is known now.</summary>
    private bool IsNamed(TrackedJob job, TargetEngine engine) =>
        job is { End: WaitEnd.Unreadable, IsRead: false, ReadError: { Reason: CseErrorReason.EngineNotFound } notFound }
        && (job.EngineId != engine.Id || Await(engine.FindByNameAsync(notFound)));

    private void Show(TrackedJob job)
    {
        switch (job.End)
        {
            case WaitEnd.Finished:
                WriteObject(SessionMark.On(job.Job));
                break;
            case WaitEnd.Failed:
                WriteObject(SessionMark.On(job.Job));
                WriteError(ErrorRecords.JobFailed(new CseJobFailedException(WaitText.Failure(job), job.Job), job.EngineId, job.Id));
                break;
            case WaitEnd.EngineGone:
                WriteVerbose($"{WaitText.Name(job)} is done: the engine is gone. What follows is the job as it was last known.");
                WriteObject(SessionMark.On(job.Job));
                break;
            case WaitEnd.TimedOut:
                WriteError(ErrorRecords.WaitTimedOut(new CseWaitTimeoutException(WaitText.TimedOut(job, TimeSpan.FromSeconds(TimeoutSec)), job.Job), job.Id));
                break;
            case WaitEnd.Unreadable when job is { IsRead: false, Job.Type: JobType.Delete, ReadError.Reason: CseErrorReason.EngineNotFound }:
                WriteError(ErrorRecords.GoneUnseen(job.ReadError, job.EngineId, job.Id));
                break;
            default:
                WriteError(job.ReadError!, job.EngineId, job.Id);
                break;
        }
    }
}
