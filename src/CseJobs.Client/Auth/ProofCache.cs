using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>
/// Keeps a proof that can be renewed: in time before it expires, and after the server called it old. One caller renews
/// while the others wait for the result.
/// </summary>
/// <typeparam name="T">The kind of proof.</typeparam>
internal sealed class ProofCache<T> : IDisposable
    where T : class, IProof
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Func<ICallObserver?, CancellationToken, Task<T>> _get;
    private readonly Func<DateTimeOffset> _now;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Entry? _current;
    private Entry? _previous;
    private DateTimeOffset _noRenewalBefore = DateTimeOffset.MinValue;
    private volatile bool _disposed;

    public ProofCache(Func<ICallObserver?, CancellationToken, Task<T>> get, Func<DateTimeOffset> now)
    {
        _get = get;
        _now = now;
    }

    public T? Current => _current?.Proof;

    /// <summary>The proof to use now, and its stamp.</summary>
    public async Task<(T Proof, long Stamp)> GetAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        Entry? entry = _current;
        if (entry is null || IsDue(entry))
        {
            entry = await RenewIfDueAsync(observer, cancellationToken).ConfigureAwait(false);
        }

        ThrowIfDisposed();
        return (entry.Proof, entry.Stamp);
    }

    /// <summary>The server took a proof: should it call that one old later on, renewing is worth it.</summary>
    public void Accepted(long stamp)
    {
        if (_current is { } entry && entry.Stamp == stamp)
        {
            entry.WasAccepted = true;
        }
    }

    /// <summary>The server called a proof old.</summary>
    /// <returns>False when a proof that was just got is refused again: another one would be as well.</returns>
    public async Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfDisposed();
            if (_current is { } entry && entry.Stamp != stamp)
            {
                return true;
            }

            if (_current is { WasAccepted: false, IsRenewal: true })
            {
                return false;
            }

            await ReplaceAsync(observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes the secrets of the present and the last proof out of a text: an answer may come late.</summary>
    public string RemoveFrom(string text)
    {
        string clean = _current?.Proof.RemoveFrom(text) ?? text;
        return Volatile.Read(ref _previous)?.Proof.RemoveFrom(clean) ?? clean;
    }

    public void Dispose()
    {
        _disposed = true;
        _current?.Proof.Clear();
        Volatile.Read(ref _previous)?.Proof.Clear();
    }

    private async Task<Entry> RenewIfDueAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfDisposed();
            Entry? entry = _current;
            if (entry is not null && !IsDue(entry))
            {
                return entry;
            }

            try
            {
                return await ReplaceAsync(observer, cancellationToken).ConfigureAwait(false);
            }
            catch (CseApiException) when (entry is not null && entry.Proof.ExpiresAt > _now())
            {
                // Renewed early to be safe: while the old proof holds, a failing sign-in costs nothing but the next try.
                _noRenewalBefore = _now() + PauseAfterFailure;
                return entry;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Entry> ReplaceAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        T proof = await _get(observer, cancellationToken).ConfigureAwait(false);
        var entry = new Entry(proof, (_current?.Stamp ?? 0) + 1, _now(), isRenewal: _current is not null);
        Volatile.Write(ref _previous, _current);
        _current = entry;
        if (_disposed)
        {
            proof.Clear();
        }

        return entry;
    }

    private bool IsDue(Entry entry)
    {
        if (entry.Proof.ExpiresAt is not { } expires)
        {
            return false;
        }

        DateTimeOffset now = _now();
        TimeSpan tenth = TimeSpan.FromTicks((expires - entry.GotAt).Ticks / 10);
        TimeSpan margin = tenth < LongestMargin ? tenth : LongestMargin;
        return now >= expires || (now >= expires - margin && now >= _noRenewalBefore);
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(ProofCache<T>), "The session is closed.");
        }
    }

    private sealed class Entry(T proof, long stamp, DateTimeOffset gotAt, bool isRenewal)
    {
        public T Proof { get; } = proof;

        public long Stamp { get; } = stamp;

        public DateTimeOffset GotAt { get; } = gotAt;

        public bool IsRenewal { get; } = isRenewal;

        public bool WasAccepted { get; set; }
    }
}
