namespace CseJobs.Client.Waiting;

/// <summary>How the wait for a job ended.</summary>
public enum WaitEnd
{
    /// <summary>The job is finished.</summary>
    Finished,
    /// <summary>The job is at Error or Timeout.</summary>
    Failed,
    /// <summary>The job was a deletion, and its engine, which this wait has read before, is no more: a success.</summary>
    EngineGone,
    /// <summary>The job cannot be read; <see cref="TrackedJob.ReadError"/> says why.</summary>
    Unreadable,
    /// <summary>The time of the wait was up; the job goes on.</summary>
    TimedOut,
}

/// <summary>One job that a <see cref="JobWaiter"/> waits for, and what is known of it. Make one for each wait.</summary>
public sealed class TrackedJob : IPoll
{
    // About 5 and 60 seconds of reads that become rarer.
    private const int ReadsIfSaidToRun = 4;
    private const int ReadsIfRetried = 10;

    private readonly EngineJob _told;
    private int _failedReads;
    private bool _hasRun;

    /// <summary>Names a job to wait for.</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="type">Its type as the caller knows it, for messages about a job that was not read yet.</param>
    /// <param name="status">Its state as the caller knows it; a job that is said to run and reads Error at first is read a few times more.</param>
    /// <exception cref="ArgumentException">The engine id cannot be right; the message says why.</exception>
    public TrackedJob(string engineId, long jobId, string? type = null, string? status = null)
    {
        PathSegment.EngineId(engineId);
        EngineId = engineId;
        Id = jobId;
        Job = _told = new EngineJob
        {
            Id = jobId,
            EngineId = engineId,
            TypeText = OpenEnum.ToJobType(type) is not JobType.Unknown and var known ? known.ToString() : null,
            StatusText = OpenEnum.ToJobStatus(status) is not JobStatus.Unknown and var state ? state.ToString() : null,
        };
    }

    /// <summary>Who reads it; null for the client of the wait.</summary>
    public CseClient? Client { get; init; }

    /// <summary>The engine.</summary>
    public string EngineId { get; }

    /// <summary>The job's id.</summary>
    public long Id { get; }

    /// <summary>The job as it was last read, with its phases; before that, what the caller told of it.</summary>
    public EngineJob Job { get; private set; }

    /// <summary>Whether the job has been read at all.</summary>
    public bool IsRead => Job != _told;

    /// <summary>How the wait for the job ended; null while it goes on.</summary>
    public WaitEnd? End { get; private set; }

    /// <summary>Whether the job itself has come to its end, well or not.</summary>
    public bool IsEndOfJob => End is WaitEnd.Finished or WaitEnd.Failed or WaitEnd.EngineGone;

    /// <summary>Why the job could not be read the last time; null when it could.</summary>
    public CseApiException? ReadError { get; private set; }

    /// <summary>Whether the failed read is the first of an outage; of one outage, however many jobs it concerns, only one is.</summary>
    public bool IsOutageStart { get; internal set; }

    /// <summary>Whether the job reads Error or Timeout, but was retried or ran a moment ago: it is read again.</summary>
    public bool MayRecover => IsRead && End is null && Job.Failed;

    /// <summary>Time from the last read to the next.</summary>
    public TimeSpan NextRead { get; internal set; }

    /// <summary>Reads in a row that failed.</summary>
    internal int ReadFailures { get; private set; }

    internal bool WasRetried { get; set; }

    /// <summary>When it is read next, counted from the beginning of the wait.</summary>
    internal TimeSpan DueAt { get; set; }

    /// <summary>Reads it.</summary>
    internal Func<CancellationToken, Task<EngineJob>> Send { get; set; } = null!;

    TimeSpan IPoll.DueAt => DueAt;

    Task? IPoll.Work => Read;

    void IPoll.Begin(CancellationToken cancellationToken) => Read = Send(cancellationToken);

    internal PollBackoff Backoff { get; set; } = null!;

    /// <summary>What is known of refusals by all jobs of its client.</summary>
    internal AuthFailureLatch AuthFailure { get; set; } = null!;

    /// <summary>The read under way; null when there is none.</summary>
    internal Task<EngineJob>? Read { get; set; }

    /// <summary>Takes note of an answer; it may end the wait for the job.</summary>
    internal void Update(EngineJob job)
    {
        Job = job;
        ReadError = null;
        ReadFailures = 0;
        if (job.Status == JobStatus.Finished)
            End = WaitEnd.Finished;
        else if (job.Failed && ++_failedReads >= ReadsToBelieve)
            End = WaitEnd.Failed;

        _hasRun |= !job.Failed;
    }

    /// <summary>Takes note that a read failed.</summary>
    internal void ReadFailed(CseApiException error)
    {
        ReadError = error;
        ReadFailures++;
    }

    internal void Finish(WaitEnd end, CseApiException? error = null)
    {
        ReadError = error ?? ReadError;
        End = end;
    }

    /// <summary>
    /// How often a failure is to be read before it is believed. At once as a rule: a job that failed long ago is no reason to wait.
    /// But one that was retried still reads Error until the server begins.
    /// </summary>
    private int ReadsToBelieve =>
        _hasRun ? 1
        : WasRetried ? ReadsIfRetried
        : _told.Status is JobStatus.PreInit or JobStatus.Init or JobStatus.Executing ? ReadsIfSaidToRun
        : 1;
}

/// <summary>
/// The jobs that this client has had retried of late. Such a job may still read Error for a while, because the server has not
/// begun: only who asked for the retry can tell that from a job that failed long ago. Thread-safe.
/// </summary>
internal sealed class RetriedJobs(TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    // An entry for each retry, the oldest first; forgotten when the next one comes.
    private readonly Queue<(string Engine, long? Id, long At)> _retries = new();

    /// <summary>Takes note that the server has accepted a retry.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="id">The job that runs now; null when the server named none: then it may be any of the engine.</param>
    public void Note(string engine, long? id)
    {
        lock (_retries)
        {
            ForgetOld();
            _retries.Enqueue((engine, id, time.GetTimestamp()));
        }
    }

    /// <summary>Whether a retry is so recent that the job may not have begun.</summary>
    public bool IsRecent(string engine, long id)
    {
        lock (_retries)
        {
            ForgetOld();
            return _retries.Any(retry => retry.Engine == engine && (retry.Id ?? id) == id);
        }
    }

    internal int Count => _retries.Count;

    private void ForgetOld()
    {
        while (_retries.TryPeek(out (string Engine, long? Id, long At) oldest) && time.GetElapsedTime(oldest.At) >= Memory)
            _retries.Dequeue();
    }
}
