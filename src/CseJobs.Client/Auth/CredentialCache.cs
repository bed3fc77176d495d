namespace CseJobs.Client.Auth;

/// <summary>A credential with an end: a token, a temporary access key.</summary>
internal interface IExpiringCredential
{
    /// <summary>When it stops working; null when never.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>Takes its secrets out of a text.</summary>
    string RemoveFrom(string text);

    /// <summary>Wipes its secrets.</summary>
    void Clear();
}

/// <summary>
/// Keeps a credential that can be renewed: in time before it expires, and after the server called it old. One caller renews;
/// the others wait for the result, or go on with the old one while that still holds.
/// </summary>
/// <typeparam name="T">The kind of credential.</typeparam>
internal sealed class CredentialCache<T> : IDisposable
    where T : class, IExpiringCredential
{
    private static readonly TimeSpan MaxMargin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Func<bool, ICallObserver?, CancellationToken, Task<T>> _get;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Entry? _current;
    private Entry? _previous;
    private long _earlyRenewalFailed = -1;
    private volatile bool _disposed;

    /// <param name="get">Gets a credential; told true when there is one that still holds, so that one short try is enough.</param>
    /// <param name="time">The clock: its wall time to compare with expiry times, its monotonic one for pauses.</param>
    public CredentialCache(Func<bool, ICallObserver?, CancellationToken, Task<T>> get, TimeProvider time)
    {
        _get = get;
        _time = time;
    }

    public T? Current => _current?.Value;

    /// <summary>The credential to use now, and its stamp.</summary>
    public async Task<(T Value, long Stamp)> GetAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        Entry? entry = _current;
        if (entry is null || IsDue(entry))
            entry = await RenewIfDueAsync(observer, cancellationToken).ConfigureAwait(false);

        ThrowIfDisposed();
        return (entry.Value, entry.Stamp);
    }

    /// <summary>The server took a credential: should it call that old later on, renewing is worth it.</summary>
    public void Accepted(long stamp)
    {
        if (_current is { } entry && entry.Stamp == stamp)
            entry.WasAccepted = true;
    }

    /// <summary>The server called a credential old.</summary>
    /// <returns>False when one that was just got is refused again: another one would be as well.</returns>
    public async Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfDisposed();
            if (_current is { } entry && entry.Stamp != stamp)
                return true;

            if (_current is { WasAccepted: false, IsRenewal: true })
                return false;

            await ReplaceAsync(isEarly: false, observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes the secrets of the present and the last credential out of a text: an answer may come late.</summary>
    public string RemoveFrom(string text)
    {
        string clean = _current?.Value.RemoveFrom(text) ?? text;
        return Volatile.Read(ref _previous)?.Value.RemoveFrom(clean) ?? clean;
    }

    public void Dispose()
    {
        _disposed = true;
        _current?.Value.Clear();
        Volatile.Read(ref _previous)?.Value.Clear();
    }

    private async Task<Entry> RenewIfDueAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        // Renewed early to be safe: while the old credential holds, nobody waits for another caller's sign-in.
        Entry? old = _current;
        if (!await _gate.WaitAsync(old is not null && Holds(old) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
            return old!;

        try
        {
            ThrowIfDisposed();
            Entry? entry = _current;
            if (entry is not null && !IsDue(entry))
                return entry;

            bool isEarly = entry is not null && Holds(entry);
            try
            {
                return await ReplaceAsync(isEarly, observer, cancellationToken).ConfigureAwait(false);
            }
            catch (CseApiException) when (isEarly && Holds(entry!))
            {
                Volatile.Write(ref _earlyRenewalFailed, _time.GetTimestamp());
                return entry!;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Entry> ReplaceAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken)
    {
        T value = await _get(isEarly, observer, cancellationToken).ConfigureAwait(false);
        var entry = new Entry(value, (_current?.Stamp ?? 0) + 1, _time.GetUtcNow(), isRenewal: _current is not null);
        Volatile.Write(ref _previous, _current);
        _current = entry;
        if (_disposed)
            value.Clear();

        return entry;
    }

    private bool IsDue(Entry entry)
    {
        if (entry.Value.ExpiresAt is not { } expires)
            return false;

        TimeSpan tenth = TimeSpan.FromTicks((expires - entry.GotAt).Ticks / 10);
        TimeSpan margin = tenth < MaxMargin ? tenth : MaxMargin;
        return !Holds(entry) || (_time.GetUtcNow() >= expires - margin && !IsPausing());
    }

    private bool Holds(Entry entry) => !(entry.Value.ExpiresAt <= _time.GetUtcNow());

    private bool IsPausing() => Volatile.Read(ref _earlyRenewalFailed) is >= 0 and var at && _time.GetElapsedTime(at) < PauseAfterFailure;

    private void ThrowIfDisposed()
    {
        if (_disposed)
            throw new ObjectDisposedException(nameof(CredentialCache<T>), "The session is closed.");
    }

    private sealed class Entry(T value, long stamp, DateTimeOffset gotAt, bool isRenewal)
    {
        public T Value { get; } = value;

        public long Stamp { get; } = stamp;

        public DateTimeOffset GotAt { get; } = gotAt;

        public bool IsRenewal { get; } = isRenewal;

        public bool WasAccepted { get; set; }
    }
}
