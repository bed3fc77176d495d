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

    // Timers take no wait of years.
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    private readonly Func<TrackedJob, CancellationToken, Task<EngineJob>> _read;
    private readonly WaitOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _token;
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
        _read = read;
        _options = options ?? new WaitOptions();
        _time = _options.TimeProvider ?? time ?? TimeProvider.System;
        _start = _time.GetTimestamp();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _token = _stop.Token;
        _open = jobs.ToList();
        foreach (IGrouping<CseClient?, TrackedJob> ofClient in _open.GroupBy(job => job.Client))
        {
            var authFailure = new AuthFailureLatch();
            foreach (TrackedJob job in ofClient)
                (job.Backoff, job.AuthFailure) = (new PollBackoff(_options.PollInterval), authFailure);
        }
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

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
            _token.ThrowIfCancellationRequested();
            if (TakeRefused() is { Count: > 0 } refused)
                return refused;

            if (Elapsed >= _options.Timeout)
                return EndAll(job => job.Finish(WaitEnd.TimedOut));

            BeginReads();
            await PauseAsync().ConfigureAwait(false);
            List<TrackedJob> ended = TakeAnswers();
            if (_options.Any && ended.Exists(job => job.IsEndOfJob))
                EndAll(_ => { });

            if (ended.Count > 0)
                return ended;
        }

        return null;
    }

    /// <summary>Ends the reads under way.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void BeginReads()
    {
        TimeSpan now = Elapsed;
        int room = MaxReads - _open.Count(job => job.Read is not null);
        foreach (TrackedJob job in _open.Where(job => job.Read is null && job.DueAt <= now).OrderBy(job => job.DueAt).Take(room).ToList())
        {
            job.Read = _read(job, _token);

            // When the wait ends before the read, nobody looks at its failure any more.
            _ = job.Read.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    /// <summary>Until a read has ended, a job is due, or the time is up.</summary>
    private async Task PauseAsync()
    {
        List<Task> reads = _open.Where(job => job.Read is not null).Select(job => (Task)job.Read!).ToList();
        if (reads.Exists(read => read.IsCompleted))
            return;

        IEnumerable<TimeSpan> due = reads.Count < MaxReads ? _open.Where(job => job.Read is null).Select(job => job.DueAt) : [];
        TimeSpan until = due.Append(_options.Timeout ?? TimeSpan.MaxValue).Min();

        // Without an end it is a read that is waited for. Task.Delay drops what is less than a millisecond: it would come back before the time.
        TimeSpan pause = until == TimeSpan.MaxValue
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((until - Elapsed).TotalMilliseconds), 0, MaxPause.TotalMilliseconds));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_token);
        await Task.WhenAny(reads.Append(Task.Delay(pause, _time, over.Token))).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        _token.ThrowIfCancellationRequested();
    }

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
            job.DueAt = Elapsed + job.NextRead;
            _options.OnRead?.Invoke(job);
        }
    }

    private List<TrackedJob> EndAll(Action<TrackedJob> end)
    {
        List<TrackedJob> ended = [.. _open];
        ended.ForEach(end);
        _open.Clear();
        _stop.Cancel();
        return ended;
    }
}
