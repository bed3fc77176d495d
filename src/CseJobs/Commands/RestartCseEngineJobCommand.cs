using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>
/// Tries the failed newest job of an engine again. The API retries no other job, and not in every case: what it offers is read
/// first, so that a refusal can say why.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "CseEngineJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EngineJob))]
public sealed class RestartCseEngineJobCommand : CseTargetCmdlet
{
    /// <summary>The engines, by exact id. From the pipeline: jobs and engines, by their property EngineId.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [EngineIdTransformation]
    [ArgumentCompleter(typeof(EngineIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The job that is meant. If it is not its engine's newest, nothing is done: the API would retry another one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [JobIdTransformation(PassesEngines = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long? Id { get; set; }

    /// <inheritdoc/>
    private protected override string[]? EngineIds => EngineId;

    /// <inheritdoc/>
    private protected override long[]? JobIds => Id is null ? null : [Id.Value];

    /// <inheritdoc/>
    private protected override bool TakesSessionEngine => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // From the pipeline it would be an engine's own id, but nothing has come from there yet.
        if (IsBound(nameof(Id)) && Id is null)
            Refuse("What -Id was given is no job id: that is a whole number, 12339 for example.");
    }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach (string engine in target.Engines)
            Attempt(engine, null, () => RestartOn(engine, target.Jobs?.Single()));
    }

    private void RestartOn(string engineId, long? job)
    {
        Engine engine = Send(engineId, client => client.GetEngineAsync(engineId, Observer, StopToken));
        if (job is not null && job != engine.LatestJobId)
        {
            WriteError(ErrorRecords.NotLatestJob(job.Value, engine));
        }
        else if (!engine.EngineAdditionalActions.Contains("Retry", StringComparer.OrdinalIgnoreCase))
        {
            WriteError(ErrorRecords.RetryNotOffered(engine));
        }
        else if (ShouldProcess(SafeText.CleanLine($"Job {engine.LatestJobId} of engine '{engine.Name}' ({engine.Id}, {engine.Status})"), "Retry the job"))
        {
            long? started = Send(engineId, client => client.RetryJobAsync(engineId, Observer, StopToken));
            Emit(engineId, started ?? engine.LatestJobId);
        }
    }

    /// <summary>Emits the job that runs now. That it cannot be read does not undo the retry.</summary>
    private void Emit(string engineId, long? jobId)
    {
        if (jobId is null)
        {
            WriteWarning($"Engine '{SafeText.CleanLine(engineId)}': the server has accepted the retry, but named no job. Get-CseEngineJob lists the engine's jobs.");
            return;
        }

        try
        {
            WriteObject(Send(engineId, client => client.GetJobAsync(engineId, jobId.Value, Observer, StopToken)));
        }
        catch (CseApiException e)
        {
            WriteError(ErrorRecords.AfterRetry(e, engineId, jobId.Value));
        }
    }
}
