using CseJobs.Completion;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <summary>
/// Tries the failed newest job of an engine again. The API retries no other job, and not in every case: what it offers is read
/// first, so that a refusal can say why.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "CseEngineJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EngineJob))]
public sealed class RestartCseEngineJobCommand : CseTargetCmdlet
{
    /// <summary>The engines, by id or name; a pattern has to match one alone. From the pipeline: jobs and engines, by their property EngineId.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [EngineIdTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The job that is meant. If it is not its engine's newest, nothing is done: the API would retry another one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [JobIdTransformation(PassesEngines = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long? Id { get; set; }

    /// <summary>The session to use, or its name; no pattern. Without it what is piped in goes to the session that has read it, else the default one is used.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNull]
    public CseSession? Session { get; set; }

    /// <inheritdoc/>
    private protected override CseSession[]? Sessions => Session is null ? null : [Session];

    /// <inheritdoc/>
    private protected override string[]? EngineIds => EngineId;

    /// <inheritdoc/>
    private protected override long[]? JobIds => Id is null ? null : [Id.Value];

    /// <inheritdoc/>
    private protected override bool IsChange => true;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach (TargetEngine engine in target.Engines)
            Attempt(engine.Text, null, () => RestartOn(engine, target.Jobs?.Single()));
    }

    private void RestartOn(TargetEngine target, long? job)
    {
        Engine engine = Send(target.Text, client => target.SendAsync(id => client.GetEngineAsync(id, Observer, StopToken)));
        string engineId = target.Id;
        if (job is not null && job != engine.LatestJobId)
        {
            WriteError(ErrorRecords.NotLatestJob(job.Value, engine));
        }
        else if (!engine.EngineAdditionalActions.Contains("Retry", StringComparer.OrdinalIgnoreCase))
        {
            WriteError(ErrorRecords.RetryNotOffered(engine));
        }
        else if (ShouldProcess(
            SafeText.CleanLine($"Job {engine.LatestJobId} of engine '{engine.Name}' ({engine.Id}, {engine.Status}) in session '{Current}', project {Current.ProjectId}"), "Retry the job"))
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
            WriteObject(SessionMark.On(Send(engineId, client => client.GetJobAsync(engineId, jobId.Value, Observer, StopToken))));
        }
        catch (CseApiException e)
        {
            WriteError(ErrorRecords.AfterRetry(e, engineId, jobId.Value));
        }
    }
}
