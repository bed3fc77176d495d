using System.Management.Automation;
using CseJobs.Client;
using CseJobs.Client.Model;
using CseJobs.Client.Waiting;
using CseJobs.Completion;
using CseJobs.Errors;
using CseJobs.Parameters;
using CseJobs.Waiting;

namespace CseJobs.Commands;

/// <summary>Waits until jobs are Finished, Error or Timeout, and emits each in detail as it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "CseEngineJob")]
[OutputType(typeof(EngineJob))]
public sealed class WaitCseEngineJobCommand : CseSessionCmdlet, IDynamicParameters
{
    private readonly List<WaitedJob> _jobs = new();
    private readonly HashSet<(string Engine, long Id)> _known = new();
    private readonly PipedJobHint _said = new();

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

    /// <summary>
    /// Seconds between two reads of a job, 0.001 to 86400. If left out, 1 at first, growing to 15.
    /// </summary>
    [Parameter]
    [ValidateRange(0.001, 86_400.0)]
    public double PollIntervalSec { get; set; }

    /// <summary>Ends as soon as one job has ended.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <inheritdoc/>
    // There only in a pipeline: nobody is to type them, and a parameter with DontShow would take the common ones out of completion.
    object? IDynamicParameters.GetDynamicParameters() => MyInvocation.ExpectingInput ? _said : null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string engine = EngineId ?? EngineOfSession();
        try
        {
            CseClient.CheckEngineId(engine);
        }
        catch (ArgumentException e)
        {
            WriteError(e, engine);
            return;
        }

        foreach (long id in Id.Where(id => _known.Add((engine, id))))
        {
            bool isRetried = Current.Client.Retried.IsRecent(engine, id);
            _jobs.Add(new WaitedJob(engine, id, OpenEnum.ToJobType(_said.Type), OpenEnum.ToJobStatus(_said.Status), isRetried));
        }
    }

    /// <summary>The wait: only now all jobs are known, and those of several engines are read side by side.</summary>
    protected override void EndProcessing()
    {
        Dictionary<string, object> bound = MyInvocation.BoundParameters;
        var options = new WaitOptions
        {
            Timeout = bound.ContainsKey(nameof(TimeoutSec)) ? TimeSpan.FromSeconds(TimeoutSec) : null,
            PollInterval = bound.ContainsKey(nameof(PollIntervalSec)) ? TimeSpan.FromTicks((long)(PollIntervalSec * TimeSpan.TicksPerSecond)) : null,
            Any = Any,
        };
        using var progress = new WaitProgress(this, _jobs, Post);
        using var wait = new JobWait(_jobs, options, ReadAsync, new WaitNotes(this, progress, Post), StopToken);
        while (Await(wait.NextAsync()) is { } ended)
        {
            foreach (WaitOutcome outcome in ended)
            {
                progress.End(outcome.Job);
                Show(outcome);
            }
        }
    }

    private Task<EngineJob> ReadAsync(WaitedJob job, CancellationToken token) => Current.Client.GetJobAsync(job.Engine, job.Id, Observer, token);

    private void Show(WaitOutcome outcome)
    {
        WaitedJob job = outcome.Job;
        switch (outcome.End)
        {
            case WaitEnd.Finished:
                WriteObject(job.Last);
                break;
            case WaitEnd.Failed:
                WriteObject(job.Last);
                WriteError(ErrorRecords.JobFailed(new CseJobFailedException(WaitText.Failure(job), job.Last!), job.Engine, job.Id));
                break;
            case WaitEnd.EngineGone:
                WriteVerbose($"{WaitText.Name(job)} is done: the engine is gone. What follows is the job as it was last known.");
                WriteObject(job.Last ?? AsSaid(job));
                break;
            case WaitEnd.TimedOut:
                WriteError(ErrorRecords.WaitTimedOut(WaitText.TimedOut(job, TimeSpan.FromSeconds(TimeoutSec)), job.Id));
                break;
            default:
                WriteError(outcome.Error!, outcome.Error!.Reason == CseErrorReason.EngineNotFound ? job.Engine : job.Id);
                break;
        }
    }

    /// <summary>A deletion that was over before its first read: all there is, is what was piped in.</summary>
    private static EngineJob AsSaid(WaitedJob job) => new()
    {
        Id = job.Id,
        EngineId = job.Engine,
        TypeText = job.SaidType.ToString(),
        StatusText = job.SaidStatus == JobStatus.Unknown ? null : job.SaidStatus.ToString(),
    };
}
