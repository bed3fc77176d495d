namespace CseJobs.Client.Auth;

/// <summary>
/// A way to sign in: it authorizes each request. No public member shows a secret.
/// Thread-safe, for one session serves many runspaces.
/// </summary>
public abstract class CseCredential : IDisposable
{
    /// <summary>How the session signs in, in one word: <c>Token</c> for example.</summary>
    public abstract string IdentityKind { get; }

    /// <summary>The access key id with its middle left out, or null when this way in has none.</summary>
    public virtual string? MaskedKeyId => null;

    /// <summary>When the credential stops working; null when that is not known.</summary>
    public virtual DateTimeOffset? ExpiresAt => null;

    /// <summary>Whether requests are signed with an access key: they then name their project in a header as well.</summary>
    internal virtual bool Signs => false;

    /// <summary>Wipes the secrets held here, as far as .NET allows. The credential is of no use afterwards.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Authorizes a request, renewing the credential first when it is about to expire.</summary>
    /// <returns>A number that names what was used, for <see cref="RenewAsync"/>.</returns>
    internal virtual Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken) => Task.FromResult(0L);

    /// <summary>The server called what was used (the stamp names it) old. Gets a new one, unless another caller has done so meanwhile.</summary>
    /// <returns>True when there is another one to try; false when this way in cannot be renewed.</returns>
    internal virtual Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Whether a refusal says that a renewed credential would be taken. Nothing else is worth a sign-in.</summary>
    internal virtual bool IsCalledOld(int status, string? code) => ErrorClassifier.SaysCredentialIsOld(status, code);

    /// <summary>The server took what was used.</summary>
    internal virtual void Accepted(long stamp)
    {
    }

    /// <summary>What this way in can tell about a refusal; null when nothing.</summary>
    internal virtual string? Explain(HttpAnswer answer) => null;

    /// <summary>Takes every secret of this credential out of a text that came from the server.</summary>
    internal abstract string Redact(string text);

    /// <summary>Wipes the secrets.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    private protected abstract void Dispose(bool disposing);
}

/// <summary>What a renewable credential holds for a time: a token, a temporary access key.</summary>
internal interface IExpiringCredential
{
    /// <summary>When it stops working; null when never.</summary>
    DateTimeOffset? ExpiresAt { get; }

    void Authorize(HttpRequestMessage request, DateTimeOffset now);

    /// <summary>Takes its secrets out of a text.</summary>
    string RemoveFrom(string text);

    /// <summary>Wipes its secrets.</summary>
    void Clear();
}

/// <summary>
/// A credential that renews itself: in time before it expires, and after the server called it old. One caller renews; the
/// others wait for the result, or go on with the old one while that still holds.
/// </summary>
/// <param name="time">The clock: its wall time to compare with expiry times, its monotonic one for pauses.</param>
internal abstract class RenewableCredential<T>(TimeProvider time) : CseCredential
    where T : class, IExpiringCredential
{
    private static readonly TimeSpan MaxMargin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    // What lasts for less on arrival has another clock than this machine.
    private static readonly TimeSpan MinLife = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Entry? _current;
    private volatile Entry? _previous;
    private long _earlyRenewalFailed = -1;
    private volatile bool _disposed;
    private bool _hasWarned;

    public override DateTimeOffset? ExpiresAt => Current?.ExpiresAt;

    protected T? Current => _current?.Value;

    protected TimeProvider Time => time;

    /// <summary>The one to use now, and its stamp.</summary>
    public async Task<(T Value, long Stamp)> GetAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        Entry? entry = _current;
        if (entry is null || IsDue(entry))
            entry = await RenewIfDueAsync(observer, cancellationToken).ConfigureAwait(false);

        ObjectDisposedException.ThrowIf(_disposed, this);
        return (entry.Value, entry.Stamp);
    }

    internal override async Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        (T value, long stamp) = await GetAsync(observer, cancellationToken).ConfigureAwait(false);
        value.Authorize(request, time.GetUtcNow());
        return stamp;
    }

    /// <summary>Also any refusal of one that reads as expired: where clocks differ, that is how its end shows.</summary>
    internal override bool IsCalledOld(int status, string? code) => base.IsCalledOld(status, code)
        || (Current?.ExpiresAt <= time.GetUtcNow() && ErrorClassifier.Classify(status, code) == CseErrorReason.AuthenticationFailed);

    /// <summary>The server took it: should it be called old later on, renewing is worth it.</summary>
    internal override void Accepted(long stamp)
    {
        if (_current is { } entry && entry.Stamp == stamp)
            entry.WasAccepted = true;
    }

    /// <returns>False when one that was just got is refused again: another one would be as well.</returns>
    internal override async Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current is { } entry && entry.Stamp != stamp)
                return true;

            // For some time: one that was never tried, because its request was cut, is to grow old like any other.
            if (_current is { WasAccepted: false, Stamp: > 1 } young && time.GetElapsedTime(young.GotAtTick) < PauseAfterFailure)
                return false;

            await ReplaceAsync(isEarly: false, observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Of the present one and the last: an answer may come late.</summary>
    internal override string Redact(string text)
    {
        string clean = _current?.Value.RemoveFrom(text) ?? text;
        return _previous?.Value.RemoveFrom(clean) ?? clean;
    }

    /// <param name="isEarly">Whether there is one that still holds, so that one short try is enough.</param>
    /// <param name="observer">Is told of requests and waits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private protected abstract Task<T> GetNewAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken);

    private protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _current?.Value.Clear();
        _previous?.Value.Clear();
    }

    private async Task<Entry> RenewIfDueAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        // Renewed early to be safe: while the old one holds, nobody waits for another caller's sign-in.
        Entry? old = _current;
        if (!await _gate.WaitAsync(old is not null && Holds(old) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
            return old!;

        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
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
                Volatile.Write(ref _earlyRenewalFailed, time.GetTimestamp());
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
        T value = await GetNewAsync(isEarly, observer, cancellationToken).ConfigureAwait(false);
        _previous = _current;
        _current = new Entry(value, (_previous?.Stamp ?? 0) + 1, time.GetUtcNow(), time.GetTimestamp());
        if (_disposed)
            value.Clear();

        if (value.ExpiresAt is not null && _current.ExpiresAt is null && !_hasWarned && observer is not null)
        {
            _hasWarned = true;
            observer.Warning("What was just got to sign in with reads as expired: this machine's clock seems to be ahead. It is used until the server refuses it.");
        }

        return _current;
    }

    private bool IsDue(Entry entry)
    {
        if (entry.ExpiresAt is not { } expires)
            return false;

        TimeSpan tenth = (expires - entry.GotAt) / 10;
        TimeSpan margin = tenth < MaxMargin ? tenth : MaxMargin;
        bool isPausing = Volatile.Read(ref _earlyRenewalFailed) is >= 0 and var at && time.GetElapsedTime(at) < PauseAfterFailure;
        return !Holds(entry) || (time.GetUtcNow() >= expires - margin && !isPausing);
    }

    private bool Holds(Entry entry) => !(entry.ExpiresAt <= time.GetUtcNow());

    private sealed record Entry(T Value, long Stamp, DateTimeOffset GotAt, long GotAtTick)
    {
        public bool WasAccepted { get; set; }

        /// <summary>Null also when it read as expired on arrival: by this clock its end cannot be told, and each use would get another one.</summary>
        public DateTimeOffset? ExpiresAt { get; } = Value.ExpiresAt - GotAt > MinLife ? Value.ExpiresAt : null;
    }
}
