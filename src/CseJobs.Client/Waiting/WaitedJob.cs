namespace CseJobs.Client.Waiting;

/// <summary>One job that is waited for, and what is known of it.</summary>
internal sealed class WaitedJob
{
    // About 5 and 60 seconds of reads that become rarer.
    private const int ReadsIfSaidToRun = 4;
    private const int ReadsIfRetried = 10;

    private readonly bool _isRetried;
    private int _failedReads;
    private bool _hasRun;

    /// <param name="engine">The engine.</param>
    /// <param name="id">The job.</param>
    /// <param name="type">Its type as the caller knows it.</param>
    /// <param name="status">Its state as the caller knows it.</param>
    /// <param name="isRetried">Whether it has been retried a moment ago.</param>
    public WaitedJob(string engine, long id, JobType type = JobType.Unknown, JobStatus status = JobStatus.Unknown, bool isRetried = false)
    {
        Engine = engine;
        Id = id;
        SaidType = type;
        SaidStatus = status;
        _isRetried = isRetried;
    }

    public string Engine { get; }

    public long Id { get; }

    /// <summary>The type that the caller told; Unknown for a bare number.</summary>
    public JobType SaidType { get; }

    /// <summary>The state that the caller told; Unknown for a bare number.</summary>
    public JobStatus SaidStatus { get; }

    /// <summary>The job as it was last read; null while it has not been.</summary>
    public EngineJob? Last { get; private set; }

    /// <summary>The last failure to read it since it was last read.</summary>
    public CseApiException? LastMiss { get; private set; }

    /// <summary>Reads in a row that failed.</summary>
    public int Misses { get; private set; }

    public bool IsDeletion => (Last?.Type ?? SaidType) == JobType.Delete;

    /// <summary>When it is read next.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How long to wait between reads.</summary>
    public PollPace Pace { get; set; } = null!;

    /// <summary>Whether it is being read.</summary>
    public bool IsReading { get; set; }

    /// <summary>Takes note of an answer.</summary>
    /// <returns>How the job ended; null when it goes on.</returns>
    public WaitEnd? Take(EngineJob job)
    {
        Last = job;
        LastMiss = null;
        Misses = 0;
        switch (job.Status)
        {
            case JobStatus.Finished:
                return WaitEnd.Finished;
            case JobStatus.Error or JobStatus.Timeout:
                return !_hasRun && ++_failedReads < ReadsToBelieve ? null : WaitEnd.Failed;
            default:
                _hasRun = true;
                return null;
        }
    }

    /// <summary>Takes note that a read failed.</summary>
    public void Miss(CseApiException error)
    {
        LastMiss = error;
        Misses++;
    }

    /// <summary>
    /// How often a failure is to be read before it is believed. At once as a rule: a job that failed long ago is no reason to wait.
    /// But one that was retried still reads Error until the server begins.
    /// </summary>
    private int ReadsToBelieve =>
        _isRetried ? ReadsIfRetried
        : SaidStatus is JobStatus.PreInit or JobStatus.Init or JobStatus.Executing ? ReadsIfSaidToRun
        : 1;
}
