namespace CseJobs.Client.Waiting;

/// <summary>
/// Waits for jobs of any engines: reads them side by side, each at its own pace, until they end. Outages of some minutes do not end the
/// wait; a refusal of the session does, for the jobs that it reads. Waits by monotonic time: a clock that is set changes nothing. Dispose it: that ends the reads
/// under way. Not thread-safe: one consumer asks for one round after the other.
/// </summary>
public sealed class JobWaiter : IDisposable
{
    /// <summary>Reads under way at once: a wait for hundreds of jobs is to be no reason for throttling.</summary>
    internal const int MaxReads = 8;

    /// <summary>Reads of a job that may fail in a row: with their pauses an outage of five minutes and more, retries not counted.</summary>
    internal const int MaxReadFailures = 10;

    private readonly WaitOptions _options;
    private readonly PollLoop _loop;
    private readonly List<TrackedJob> _open;
    private bool _isOutageKnown;

    /// <summary>Begins a wait; its time runs from now. Nothing is sent before the first call of <see cref="NextAsync"/>.</summary>
    /// <param name="client">Reads the jobs that name no client of their own.</param>
    /// <param name="jobs">The jobs, each once.</param>
    /// <param name="options">How to wait; null for the defaults.</param>
    /// <param name="observer">Is told of requests and of waits before they are sent again, on any thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public JobWaiter(
        CseClient client,
        IEnumerable<TrackedJob> jobs,
        WaitOptions? options = null,
        ICallObserver? observer = null,
        CancellationToken cancellationToken = default)
        : this((job, token) => (job.Client ?? client).GetJobAsync(job.EngineId, job.Id, observer, token), jobs, client?.Options.TimeProvider, options, cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach (TrackedJob job in _open)
            job.WasRetried = (job.Client ?? client).Retried.IsRecent(job.EngineId, job.Id);
    }

    internal JobWaiter(
        Func<TrackedJob, CancellationToken, Task<EngineJob>> read,
        IEnumerable<TrackedJob> jobs,
        TimeProvider? time,
        WaitOptions? options,
        CancellationToken cancellationToken)
    {
        _options = options ?? new WaitOptions();
        _loop = new PollLoop(_options.TimeProvider ?? time ?? TimeProvider.System, MaxReads, cancellationToken);
        _open = jobs.ToList();
        foreach (IGrouping<CseClient?, TrackedJob> ofClient in _open.GroupBy(job => job.Client))
        {
            var authFailure = new AuthFailureLatch();
            foreach (TrackedJob job in ofClient)
                (job.Backoff, job.AuthFailure, job.Send) = (new PollBackoff(_options.PollInterval), authFailure, token => read(job, token));
        }
    }

    /// <summary>Waits until jobs end.</summary>
    /// <returns>
    /// Those whose wait has ended, in the order they were given; <see cref="TrackedJob.End"/> says how. Null when there is nothing left
    /// to wait for.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<IReadOnlyList<TrackedJob>?> NextAsync()
    {
        while (_open.Count > 0)
        {
            _loop.Token.ThrowIfCancellationRequested();
            if (TakeRefused() is { Count: > 0 } refused)
                return refused;

            if (_loop.Elapsed >= _options.Timeout)
                return EndAll(job => job.Finish(WaitEnd.TimedOut));

            await _loop.NextAsync(_open, _options.Timeout).ConfigureAwait(false);
            List<TrackedJob> ended = TakeAnswers();
            if (_options.Any && ended.Exists(job => job.IsEndOfJob))
                EndAll(_ => { });

            if (ended.Count > 0)
                return ended;
        }

        return null;
    }

    /// <summary>Ends the reads under way.</summary>
    public void Dispose() => _loop.Dispose();

    private List<TrackedJob> TakeAnswers()
    {
        foreach (TrackedJob job in _open.Where(job => job.Read is { IsCompleted: true }))
            Judge(job, job.Read!);

        return TakeEnded();
    }

    /// <summary>Ends the jobs of clients that were refused; those of others go on.</summary>
    private List<TrackedJob> TakeRefused()
    {
        foreach (TrackedJob job in _open)
        {
            if (job.AuthFailure.For(job.EngineId, job.Id) is { } refusal)
                job.Finish(WaitEnd.Unreadable, refusal);
        }

        return TakeEnded();
    }

    private List<TrackedJob> TakeEnded()
    {
        List<TrackedJob> ended = _open.FindAll(job => job.End is not null);
        _open.RemoveAll(job => job.End is not null);
        return ended;
    }

    private void Judge(TrackedJob job, Task<EngineJob> read)
    {
        job.Read = null;
        job.IsOutageStart = false;
        try
        {
            EngineJob answer = read.GetAwaiter().GetResult();
            _isOutageKnown &= job.ReadFailures == 0;
            job.Update(answer);
            job.NextRead = job.Backoff.Next();
        }
        catch (CseApiException e) when (e.Reason == CseErrorReason.EngineNotFound && job.IsRead && job.Job.Type == JobType.Delete)
        {
            job.Finish(WaitEnd.EngineGone);
        }
        catch (CseApiException e)
        {
            job.ReadFailed(e);
            if (!e.IsTransient || job.ReadFailures >= MaxReadFailures)
            {
                // Each further try would bring an access key nearer to being locked.
                job.AuthFailure.Note(e);
                job.Finish(WaitEnd.Unreadable);
            }
            else
            {
                job.IsOutageStart = job.ReadFailures == 1 && !_isOutageKnown;
                job.NextRead = job.Backoff.AfterFailure(job.ReadFailures, e.RetryAfter);
                _isOutageKnown = true;
            }
        }

        if (job.End is null)
        {
            job.DueAt = _loop.Elapsed + job.NextRead;
            _options.OnRead?.Invoke(job);
        }
    }

    private List<TrackedJob> EndAll(Action<TrackedJob> end)
    {
        List<TrackedJob> ended = [.. _open];
        ended.ForEach(end);
        _open.Clear();
        _loop.Dispose();
        return ended;
    }
}
