using CseJobs.Client.Waiting;
using CseJobs.Completion;
using CseJobs.Waiting;

namespace CseJobs.Commands;

/// <summary>Waits until jobs are Finished, Error or Timeout, and emits each in detail as it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "CseEngineJob")]
[OutputType(typeof(EngineJob))]
public sealed class WaitCseEngineJobCommand : CseTargetCmdlet
{
    private readonly List<TrackedJob> _jobs = new();
    private readonly HashSet<(CseSession Session, string Engine, long Id)> _known = new();

    /// <summary>The engine that the jobs work on; the session's own if left out. Each job that is piped in names its own.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [EngineIdTransformation]
    [ArgumentCompleter(typeof(EngineIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? EngineId { get; set; }

    /// <summary>The jobs to wait for.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [JobIdTransformation]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [ValidateNotNullOrEmpty]
    public long[] Id { get; set; } = Array.Empty<long>();

    /// <summary>Seconds that the wait may take, from 1; as long as it takes if left out. The jobs go on when it is over.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>Seconds between two reads of a job, 0.001 to 86400. If left out, 1 at first, growing to 15.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400.0)]
    public double PollIntervalSec { get; set; }

    /// <summary>Ends as soon as one job has ended.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <inheritdoc/>
    private protected override string[]? EngineIds => EngineId is null ? null : [EngineId];

    /// <inheritdoc/>
    private protected override long[]? JobIds => Id is [] ? null : Id;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        string engine = target.Engines[0];
        Attempt(engine, null, () =>
        {
            foreach (long id in target.Jobs!)
            {
                // Its state as it was when it was read: a job that was retried a moment ago may still read Error.
                var job = new TrackedJob(engine, id, Text("Type"), Text("Status")) { Client = Current.Client };
                if (_known.Add((Current, engine, id)))
                    _jobs.Add(job);
            }
        });

        string? Text(string property) => target.Piped?.Property(property)?.ToString();
    }

    /// <summary>The wait: only now all jobs are known, and those of several engines are read side by side.</summary>
    protected override void EndProcessing()
    {
        if (_jobs.Count == 0)
            return;

        var options = new WaitOptions
        {
            Timeout = IsBound(nameof(TimeoutSec)) ? TimeSpan.FromSeconds(TimeoutSec) : null,
            PollInterval = IsBound(nameof(PollIntervalSec)) ? TimeSpan.FromTicks((long)(PollIntervalSec * TimeSpan.TicksPerSecond)) : null,
            Any = Any,
        };
        using var progress = new WaitProgress(this, _jobs, Current.Client.Options.TimeProvider, Post);
        using var waiter = new JobWaiter(Current.Client, _jobs, options with { OnRead = progress.OnRead }, Observer, StopToken);
        while (Await(waiter.NextAsync()) is { } ended)
        {
            foreach (TrackedJob job in ended)
            {
                progress.End(job);
                Show(job);
            }
        }
    }

    private void Show(TrackedJob job)
    {
        switch (job.End)
        {
            case WaitEnd.Finished:
                WriteObject(job.Job);
                break;
            case WaitEnd.Failed:
                WriteObject(job.Job);
                WriteError(ErrorRecords.JobFailed(new CseJobFailedException(WaitText.Failure(job), job.Job), job.EngineId, job.Id));
                break;
            case WaitEnd.EngineGone:
                WriteVerbose($"{WaitText.Name(job)} is done: the engine is gone. What follows is the job as it was last known.");
                WriteObject(job.Job);
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
