namespace CseJobs.Client.Waiting;

/// <summary>
/// Waits for jobs of any engines: reads them side by side, each at its own pace, until they end. One loop on one clock, so that
/// a job that is slow to answer holds up no other, and tests need not sleep. Dispose it: that ends the reads under way.
/// </summary>
internal sealed class JobWait : IDisposable
{
    /// <summary>Reads under way at once: a wait for hundreds of jobs is to be no reason for throttling.</summary>
    public const int MostReads = 8;

    /// <summary>Reads of a job that may fail in a row: with their pauses an outage of five minutes and more, retries not counted.</summary>
    public const int MostMisses = 10;

    // Task.Delay takes 24 days at most.
    private static readonly TimeSpan LongestNap = TimeSpan.FromHours(1);

    private readonly WaitOptions _options;
    private readonly Func<WaitedJob, CancellationToken, Task<EngineJob>> _read;
    private readonly IWaitObserver _observer;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _token;
    private readonly DateTimeOffset _deadline;
    private readonly Dictionary<WaitedJob, Task<EngineJob>> _reads = new();
    private List<WaitedJob> _open;
    private CseApiException? _refusal;
    private bool _isOutageKnown;

    /// <param name="jobs">The jobs, each once.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="read">Reads a job.</param>
    /// <param name="observer">Is told how it goes on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public JobWait(
        IEnumerable<WaitedJob> jobs,
        WaitOptions options,
        Func<WaitedJob, CancellationToken, Task<EngineJob>> read,
        IWaitObserver observer,
        CancellationToken cancellationToken = default)
    {
        _options = options;
        _read = read;
        _observer = observer;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _token = _stop.Token;
        _open = jobs.ToList();
        DateTimeOffset now = options.Now();
        _deadline = options.Timeout is { } timeout ? now + timeout : DateTimeOffset.MaxValue;
        foreach (WaitedJob job in _open)
        {
            job.Pace = new PollPace(options.PollInterval);
            job.DueAt = now;
        }
    }

    /// <summary>Waits until jobs end.</summary>
    /// <returns>Those that have ended, in the order they were given; null when there is nothing left to wait for.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<IReadOnlyList<WaitOutcome>?> NextAsync()
    {
        while (_open.Count > 0)
        {
            _token.ThrowIfCancellationRequested();
            if (_refusal is { } refusal)
            {
                // Each further try would bring an access key nearer to being locked.
                return EndAll(job => new WaitOutcome(job, WaitEnd.Unreadable, refusal.About(job.Engine, job.Id)));
            }

            if (_options.Now() >= _deadline)
            {
                return EndAll(job => new WaitOutcome(job, WaitEnd.TimedOut));
            }

            BeginReads();
            await NapAsync().ConfigureAwait(false);
            List<WaitOutcome> ended = TakeAnswers();
            if (_options.Any && ended.Exists(outcome => outcome.IsEndOfJob))
            {
                EndAll(job => new WaitOutcome(job, WaitEnd.TimedOut));
            }

            if (ended.Count > 0)
            {
                return ended;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static bool IsPassing(CseErrorReason reason) => reason is
        CseErrorReason.Throttled or CseErrorReason.ServerError or CseErrorReason.ConnectionFailed
        or CseErrorReason.TimeoutReached or CseErrorReason.MalformedResponse;

    private static bool IsRefusalOfSession(CseErrorReason reason) => reason is CseErrorReason.AuthenticationFailed or CseErrorReason.SessionClosed;

    private void BeginReads()
    {
        DateTimeOffset now = _options.Now();
        IEnumerable<WaitedJob> due = _open.Where(job => !job.IsReading && job.DueAt <= now).OrderBy(job => job.DueAt).Take(MostReads - _reads.Count);
        foreach (WaitedJob job in due.ToList())
        {
            Task<EngineJob> read = _read(job, _token);

            // When the wait ends before the read, nobody looks at its failure any more.
            _ = read.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            job.IsReading = true;
            _reads.Add(job, read);
        }
    }

    /// <summary>Until a read has ended, a job is due, or the time is up.</summary>
    private async Task NapAsync()
    {
        if (_reads.Values.Any(read => read.IsCompleted))
        {
            return;
        }

        DateTimeOffset until = _deadline;
        if (_reads.Count < MostReads)
        {
            foreach (WaitedJob job in _open)
            {
                until = !job.IsReading && job.DueAt < until ? job.DueAt : until;
            }
        }

        TimeSpan nap = until - _options.Now();
        nap = nap < TimeSpan.Zero ? TimeSpan.Zero : nap > LongestNap ? LongestNap : nap;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_token);
        await Task.WhenAny(_reads.Values.Append(_options.Delay(nap, over.Token))).ConfigureAwait(false);
        over.Cancel();
        _token.ThrowIfCancellationRequested();
    }

    private List<WaitOutcome> TakeAnswers()
    {
        var ended = new List<WaitOutcome>();
        foreach (WaitedJob job in _open)
        {
            if (_reads.TryGetValue(job, out Task<EngineJob>? read) && read.IsCompleted)
            {
                _reads.Remove(job);
                job.IsReading = false;
                if (Judge(job, read) is { } outcome)
                {
                    ended.Add(outcome);
                }
            }
        }

        if (ended.Count > 0)
        {
            var gone = new HashSet<WaitedJob>(ended.Select(outcome => outcome.Job));
            _open.RemoveAll(gone.Contains);
        }

        return ended;
    }

    private WaitOutcome? Judge(WaitedJob job, Task<EngineJob> read)
    {
        try
        {
            EngineJob answer = read.GetAwaiter().GetResult();
            if (job.Misses > 0)
            {
                _isOutageKnown = false;
            }

            if (job.Take(answer) is { } end)
            {
                return new WaitOutcome(job, end);
            }
        }
        catch (CseApiException e)
        {
            return Judge(job, e);
        }

        if (job.Last!.Status is JobStatus.Error or JobStatus.Timeout)
        {
            _observer.MayComeBack(job);
        }
        else
        {
            _observer.GoesOn(job);
        }

        job.DueAt = _options.Now() + job.Pace.Next();
        return null;
    }

    private WaitOutcome? Judge(WaitedJob job, CseApiException error)
    {
        if (error.Reason == CseErrorReason.EngineNotFound && job.IsDeletion)
        {
            return new WaitOutcome(job, WaitEnd.EngineGone);
        }

        job.Miss(error);
        if (!IsPassing(error.Reason) || job.Misses >= MostMisses)
        {
            _refusal = IsRefusalOfSession(error.Reason) ? error : _refusal;
            return new WaitOutcome(job, WaitEnd.Unreadable, error);
        }

        TimeSpan delay = job.Pace.AfterMiss(job.Misses, error.RetryAfter);
        job.DueAt = _options.Now() + delay;
        _observer.Missed(job, error, delay, isNews: job.Misses == 1 && !_isOutageKnown);
        _isOutageKnown = true;
        return null;
    }

    private List<WaitOutcome> EndAll(Func<WaitedJob, WaitOutcome> outcome)
    {
        List<WaitOutcome> ended = _open.ConvertAll(job => outcome(job));
        _open = new List<WaitedJob>();
        _stop.Cancel();
        return ended;
    }
}
