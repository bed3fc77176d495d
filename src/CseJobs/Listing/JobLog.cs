namespace CseJobs.Listing;

/// <summary>The log that tells why a job failed, or what it is at.</summary>
internal static class JobLog
{
    private static readonly string[] LineEnds = ["\r\n", "\n"];

    /// <summary>
    /// All lines of the sub-jobs that failed, else of those that run. While the job runs it is the other way round: it may have been
    /// retried, and what failed before is over.
    /// </summary>
    public static string[] Of(EngineJob job)
    {
        string[] failed = Lines(job, status => status is JobStatus.Error or JobStatus.Timeout);
        string[] running = Lines(job, status => status == JobStatus.Executing);
        return job.Status == JobStatus.Executing ? Either(running, failed) : Either(failed, running);
    }

    private static string[] Either(string[] first, string[] second) => first.Length > 0 ? first : second;

    private static string[] Lines(EngineJob job, Predicate<JobStatus> isWanted) => job.Tasks
        .Where(task => isWanted(task.Status) && !string.IsNullOrWhiteSpace(task.Log))
        .SelectMany(task => task.Log!.TrimEnd('\r', '\n').Split(LineEnds, StringSplitOptions.None))
        .ToArray();
}
