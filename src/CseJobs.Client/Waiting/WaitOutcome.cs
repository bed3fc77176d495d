namespace CseJobs.Client.Waiting;

/// <summary>The end of the wait for one job.</summary>
/// <param name="Job">The job and what is known of it.</param>
/// <param name="End">How it ended.</param>
/// <param name="Error">Why the job cannot be read.</param>
internal sealed record WaitOutcome(WaitedJob Job, WaitEnd End, CseApiException? Error = null)
{
    /// <summary>Whether the job itself has come to its end, well or not.</summary>
    public bool IsEndOfJob => End is WaitEnd.Finished or WaitEnd.Failed or WaitEnd.EngineGone;
}
