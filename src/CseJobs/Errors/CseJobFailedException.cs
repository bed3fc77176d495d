namespace CseJobs;

/// <summary>A job that was waited for has ended in Error or Timeout. The message names the phase, the sub-job and the end of its log.</summary>
public sealed class CseJobFailedException : Exception
{
    internal CseJobFailedException(string message, EngineJob job)
        : base(message) => Job = job;

    /// <summary>The job as it ended, with its phases and sub-jobs.</summary>
    public EngineJob Job { get; }
}
