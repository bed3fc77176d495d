using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>
/// Tries the failed newest job of an engine again. The API retries no other job, and not in every case: what it offers is read
/// first, so that a refusal can say why.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "CseEngineJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EngineJob))]
public sealed class RestartCseEngineJobCommand : CseSessionCmdlet
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
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // From the pipeline it would be an engine's own id, but nothing has come from there yet.
        if (IsBound(nameof(Id)) && Id is null)
            Refuse("What -Id was given is no job id: that is a whole number, 12339 for example.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string[] engines = EnginesOrDefault(EngineId);
        if (engines.Length > 1 && Id is not null)
            Refuse("-Id names the job of one engine, but -EngineId names several. Call the cmdlet once for each engine.", engines);

        foreach (string engine in engines)
            Attempt(engine, null, () => RestartOn(engine));
    }

    private void RestartOn(string engineId)
    {
        AuthFailure.ThrowIfSet(engineId, null);
        Engine engine = Await(Current.Client.GetEngineAsync(engineId, Observer, StopToken));
        if (Id is not null && Id != engine.LatestJobId)
        {
            WriteError(ErrorRecords.NotLatestJob(Id.Value, engine));
        }
        else if (!engine.EngineAdditionalActions.Contains("Retry", StringComparer.OrdinalIgnoreCase))
        {
            WriteError(ErrorRecords.RetryNotOffered(engine));
        }
        else if (ShouldProcess(SafeText.CleanLine($"Job {engine.LatestJobId} of engine '{engine.Name}' ({engine.Id}, {engine.Status})"), "Retry the job"))
        {
            long? started = Await(Current.Client.RetryJobAsync(engineId, Observer, StopToken));
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
            WriteObject(Await(Current.Client.GetJobAsync(engineId, jobId.Value, Observer, StopToken)));
        }
        catch (CseApiException e)
        {
            AuthFailure.Note(e);
            WriteError(ErrorRecords.AfterRetry(e, engineId, jobId.Value));
        }
    }
}
