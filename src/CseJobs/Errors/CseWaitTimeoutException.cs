namespace CseJobs;

/// <summary>The time of a wait was up before its job had ended. The message says where the job stood; it goes on.</summary>
public sealed class CseWaitTimeoutException : TimeoutException
{
    internal CseWaitTimeoutException(string message, EngineJob job)
        : base(message) => Job = job;

    /// <summary>The job as it was last read, with its phases and sub-jobs; no more than its ids when it could not be read.</summary>
    public EngineJob Job { get; }
}
