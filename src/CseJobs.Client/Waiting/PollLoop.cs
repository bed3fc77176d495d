namespace CseJobs.Client.Waiting;

/// <summary>Something that is read again and again.</summary>
internal interface IPoll
{
    /// <summary>When it is read next, counted from the beginning; never while it is read.</summary>
    TimeSpan DueAt { get; }

    /// <summary>The read under way; null when there is none.</summary>
    Task? Work { get; }

    /// <summary>Begins a read: <see cref="Work"/> is it from now on.</summary>
    void Begin(CancellationToken cancellationToken);
}

/// <summary>
/// Reads several things side by side, each at its own pace and a few at once, and sleeps in between. By monotonic time: a clock that is
/// set changes nothing. Dispose it: that ends the reads under way. Not thread-safe.
/// </summary>
internal sealed class PollLoop : IDisposable
{
    // Timers take no wait of years.
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly int _maxReads;
    private readonly long _start;
    private readonly CancellationTokenSource _stop;
    private TimeSpan _heldUntil;
    private bool _isDisposed;

    public PollLoop(TimeProvider time, int maxReads, CancellationToken cancellationToken)
    {
        _time = time;
        _maxReads = maxReads;
        _start = time.GetTimestamp();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _stop.Token;
    }

    /// <summary>Ends the reads.</summary>
    public CancellationToken Token { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Begins no read before that time: the server has asked for patience.</summary>
    public void HoldUntil(TimeSpan time) => _heldUntil = time > _heldUntil ? time : _heldUntil;

    /// <summary>Begins the reads that are due, as far as there is room, and waits until one has ended, one is due, or the time is up.</summary>
    /// <exception cref="OperationCanceledException">The loop was ended.</exception>
    public async Task NextAsync(IReadOnlyCollection<IPoll> polls, TimeSpan? until)
    {
        Token.ThrowIfCancellationRequested();
        BeginDue(polls);
        List<Task> reads = polls.Where(poll => poll.Work is not null).Select(poll => poll.Work!).ToList();
        if (reads.Exists(read => read.IsCompleted))
            return;

        IEnumerable<TimeSpan> due = reads.Count < _maxReads ? polls.Where(poll => poll.Work is null).Select(poll => poll.DueAt > _heldUntil ? poll.DueAt : _heldUntil) : [];
        TimeSpan wake = due.Append(until ?? TimeSpan.MaxValue).Min();

        // Without an end it is a read that is waited for. Task.Delay drops what is less than a millisecond: it would come back before the time.
        TimeSpan pause = wake == TimeSpan.MaxValue
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((wake - Elapsed).TotalMilliseconds), 0, MaxPause.TotalMilliseconds));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Task.WhenAny(reads.Append(Task.Delay(pause, _time, over.Token))).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        Token.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the reads under way.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        _stop.Cancel();
        _stop.Dispose();
    }

    private void BeginDue(IReadOnlyCollection<IPoll> polls)
    {
        TimeSpan now = Elapsed;
        if (now < _heldUntil)
            return;

        int room = _maxReads - polls.Count(poll => poll.Work is not null);
        foreach (IPoll poll in polls.Where(poll => poll.Work is null && poll.DueAt <= now).OrderBy(poll => poll.DueAt).Take(room).ToList())
        {
            poll.Begin(Token);

            // When the loop ends before the read, nobody looks at its failure any more.
            _ = poll.Work!.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
