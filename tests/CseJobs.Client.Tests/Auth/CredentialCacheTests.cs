using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Renewal with a clock of its own: no test waits.</summary>
public sealed class CredentialCacheTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly TestClock _clock = new();
    private readonly List<bool> _isEarly = [];
    private int _made;
    private Func<Task>? _beforeMaking;

    [Fact]
    public async Task A_credential_is_kept_until_ten_minutes_before_its_end()
    {
        using CredentialCache<Key> cache = Make();
        await cache.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await cache.GetAsync(null, default)).Value.Number);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await cache.GetAsync(null, default)).Value.Number);
    }

    [Fact]
    public async Task Many_callers_cause_one_renewal()
    {
        using CredentialCache<Key> cache = Make();
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;

        Task<(Key Value, long Stamp)>[] calls = Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.GetAsync(null, default))).ToArray();
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Many_callers_refused_with_the_same_credential_cause_one_renewal()
    {
        using CredentialCache<Key> cache = Make();
        (_, long stamp) = await cache.GetAsync(null, default);
        cache.Accepted(stamp);

        bool[] renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.RenewAsync(stamp, null, default))));

        Assert.All(renewed, Assert.True);
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task A_renewed_credential_that_is_refused_at_once_is_not_renewed_again()
    {
        using CredentialCache<Key> cache = Make();
        (_, long first) = await cache.GetAsync(null, default);
        Assert.True(await cache.RenewAsync(first, null, default));
        (_, long second) = await cache.GetAsync(null, default);

        Assert.False(await cache.RenewAsync(second, null, default));
        cache.Accepted(second);
        Assert.True(await cache.RenewAsync(second, null, default));
        Assert.Equal(3, _made);
    }

    [Fact]
    public async Task While_the_old_credential_holds_a_failing_renewal_costs_nothing_and_pauses()
    {
        using CredentialCache<Key> cache = Make();
        await cache.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(5));
        int tries = 0;
        _beforeMaking = () =>
        {
            tries++;
            throw new CseApiException(CseErrorReason.ConnectionFailed, "down");
        };

        Assert.Equal(1, (await cache.GetAsync(null, default)).Value.Number);
        Assert.Equal(1, (await cache.GetAsync(null, default)).Value.Number);
        Assert.Equal(1, tries);

        _clock.Advance(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<CseApiException>(() => cache.GetAsync(null, default));
    }

    [Fact]
    public async Task A_pause_after_a_failed_renewal_is_as_long_as_it_is_whatever_the_wall_clock_does()
    {
        using CredentialCache<Key> cache = Make();
        await cache.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(5));
        int tries = 0;
        _beforeMaking = () =>
        {
            tries++;
            throw new CseApiException(CseErrorReason.ConnectionFailed, "down");
        };

        await cache.GetAsync(null, default);
        _clock.StepWallClock(TimeSpan.FromMinutes(1));
        await cache.GetAsync(null, default);
        Assert.Equal(1, tries);

        _clock.StepWallClock(TimeSpan.FromMinutes(-1));
        _clock.Advance(TimeSpan.FromSeconds(31));
        await cache.GetAsync(null, default);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task An_early_renewal_is_a_short_try_that_holds_up_nobody_else()
    {
        using CredentialCache<Key> cache = Make();
        await cache.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(5));
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;

        Task<(Key Value, long Stamp)> renewing = cache.GetAsync(null, default);
        Assert.Equal(1, (await cache.GetAsync(null, default).WaitAsync(TimeSpan.FromSeconds(10))).Value.Number);
        Assert.False(renewing.IsCompleted);
        release.SetResult();

        Assert.Equal(2, (await renewing).Value.Number);
        Assert.Equal([false, true], _isEarly);
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_waiting_disturbs_nobody()
    {
        using CredentialCache<Key> cache = Make();
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;
        Task<(Key Value, long Stamp)> patient = cache.GetAsync(null, default);
        using var cancel = new CancellationTokenSource();
        Task<(Key Value, long Stamp)> impatient = cache.GetAsync(null, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();

        Assert.Equal(1, (await patient).Value.Number);
    }

    [Fact]
    public async Task Disposing_wipes_the_credentials_and_ends_its_use()
    {
        CredentialCache<Key> cache = Make();
        Key key = (await cache.GetAsync(null, default)).Value;

        cache.Dispose();

        Assert.True(key.IsCleared);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => cache.GetAsync(null, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => cache.RenewAsync(1, null, default));
    }

    private CredentialCache<Key> Make() => new(
        async (isEarly, _, token) =>
        {
            _isEarly.Add(isEarly);
            if (_beforeMaking is not null)
            {
                await _beforeMaking().WaitAsync(token);
            }

            return new Key(Interlocked.Increment(ref _made), _clock.GetUtcNow() + Lifetime);
        },
        _clock);

    private sealed class Key(int number, DateTimeOffset expiresAt) : IExpiringCredential
    {
        public int Number { get; } = number;

        public bool IsCleared { get; private set; }

        public DateTimeOffset? ExpiresAt { get; } = expiresAt;

        public string RemoveFrom(string text) => text;

        public void Clear() => IsCleared = true;
    }
}
