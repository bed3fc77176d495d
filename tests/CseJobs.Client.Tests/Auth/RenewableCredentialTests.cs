using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Renewal with a clock of its own: no test waits.</summary>
public sealed class RenewableCredentialTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly TestClock _clock = new();
    private readonly List<bool> _isEarly = [];
    private int _made;
    private Func<Task>? _beforeMaking;
    private int _failedTries;
    private TimeSpan _lifetime = Lifetime;

    [Fact]
    public async Task A_credential_is_kept_until_ten_minutes_before_its_end()
    {
        using Cached credential = Make();
        await credential.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await credential.GetAsync(null, default)).Value.Number);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await credential.GetAsync(null, default)).Value.Number);
    }

    [Fact]
    public async Task Many_callers_cause_one_renewal()
    {
        using Cached credential = Make();
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;

        Task<(Key Value, long Stamp)>[] calls = Enumerable.Range(0, 50).Select(_ => Task.Run(() => credential.GetAsync(null, default))).ToArray();
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Many_callers_refused_with_the_same_credential_cause_one_renewal()
    {
        using Cached credential = Make();
        (_, long stamp) = await credential.GetAsync(null, default);
        credential.Accepted(stamp);

        bool[] renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => credential.RenewAsync(stamp, null, default))));

        Assert.All(renewed, Assert.True);
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task A_renewed_credential_that_is_refused_at_once_is_not_renewed_again()
    {
        using Cached credential = Make();
        (_, long first) = await credential.GetAsync(null, default);
        Assert.True(await credential.RenewAsync(first, null, default));
        (_, long second) = await credential.GetAsync(null, default);

        Assert.False(await credential.RenewAsync(second, null, default));
        credential.Accepted(second);
        Assert.True(await credential.RenewAsync(second, null, default));
        Assert.Equal(3, _made);
    }

    [Fact]
    public async Task A_renewed_credential_that_was_never_tried_grows_old_like_any_other()
    {
        using Cached credential = Make();
        (_, long stamp) = await credential.GetAsync(null, default);
        Assert.True(await credential.RenewAsync(stamp, null, default));
        (_, stamp) = await credential.GetAsync(null, default);

        // Its first request was cut: nobody knows whether it would have been taken.
        Assert.False(await credential.RenewAsync(stamp, null, default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await credential.RenewAsync(stamp, null, default));
    }

    [Fact]
    public async Task While_the_old_credential_holds_a_failing_renewal_costs_nothing_and_pauses()
    {
        using Cached credential = await MakeWithFailingRenewalAsync();

        Assert.Equal(1, (await credential.GetAsync(null, default)).Value.Number);
        Assert.Equal(1, (await credential.GetAsync(null, default)).Value.Number);
        Assert.Equal(1, _failedTries);

        _clock.Advance(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<CseApiException>(() => credential.GetAsync(null, default));
    }

    [Fact]
    public async Task A_pause_after_a_failed_renewal_is_as_long_as_it_is_whatever_the_wall_clock_does()
    {
        using Cached credential = await MakeWithFailingRenewalAsync();

        await credential.GetAsync(null, default);
        _clock.StepWallClock(TimeSpan.FromMinutes(1));
        await credential.GetAsync(null, default);
        Assert.Equal(1, _failedTries);

        _clock.StepWallClock(TimeSpan.FromMinutes(-1));
        _clock.Advance(TimeSpan.FromSeconds(31));
        await credential.GetAsync(null, default);
        Assert.Equal(2, _failedTries);
    }

    [Fact]
    public async Task An_early_renewal_is_a_short_try_that_holds_up_nobody_else()
    {
        using Cached credential = Make();
        await credential.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(5));
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;

        Task<(Key Value, long Stamp)> renewing = credential.GetAsync(null, default);
        Assert.Equal(1, (await credential.GetAsync(null, default).WaitAsync(TimeSpan.FromSeconds(10))).Value.Number);
        Assert.False(renewing.IsCompleted);
        release.SetResult();

        Assert.Equal(2, (await renewing).Value.Number);
        Assert.Equal([false, true], _isEarly);
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_waiting_disturbs_nobody()
    {
        using Cached credential = Make();
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;
        Task<(Key Value, long Stamp)> patient = credential.GetAsync(null, default);
        using var cancel = new CancellationTokenSource();
        Task<(Key Value, long Stamp)> impatient = credential.GetAsync(null, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();

        Assert.Equal(1, (await patient).Value.Number);
    }

    [Theory]
    [InlineData(-1440)]
    [InlineData(0)]
    [InlineData(0.9)]
    public async Task One_that_reads_as_expired_on_arrival_is_used_until_it_is_refused_with_one_warning(double minutes)
    {
        _lifetime = TimeSpan.FromMinutes(minutes);
        var observer = new Recorder();
        using Cached credential = Make();

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(1, (await credential.GetAsync(observer, default)).Value.Number);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.True(credential.IsCalledOld(401, "APIGW.0301"));
        Assert.True(await credential.RenewAsync(1, observer, default));
        Assert.Equal(2, (await credential.GetAsync(observer, default)).Value.Number);
        Assert.Contains("clock", Assert.Single(observer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_sign_of_age_only_where_the_clock_says_so_too()
    {
        using Cached credential = Make();
        var observer = new Recorder();
        await credential.GetAsync(observer, default);

        Assert.False(credential.IsCalledOld(401, "APIGW.0301"));
        Assert.True(credential.IsCalledOld(401, "APIGW.0307"));
        _clock.StepWallClock(Lifetime);
        Assert.True(credential.IsCalledOld(401, "APIGW.0301"));

        // An engine that is not there comes as 401 too.
        Assert.False(credential.IsCalledOld(401, "SVCSTG.00501116"));
        Assert.Empty(observer.Warnings);
    }

    [Fact]
    public async Task Disposing_wipes_the_credentials_and_ends_its_use()
    {
        Cached credential = Make();
        Key key = (await credential.GetAsync(null, default)).Value;

        credential.Dispose();

        Assert.True(key.IsCleared);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => credential.GetAsync(null, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => credential.RenewAsync(1, null, default));
    }

    /// <summary>A credential that still holds and is due for its early renewal, which fails each time.</summary>
    private async Task<Cached> MakeWithFailingRenewalAsync()
    {
        Cached credential = Make();
        await credential.GetAsync(null, default);
        _clock.Advance(Lifetime - TimeSpan.FromMinutes(5));
        _beforeMaking = () =>
        {
            _failedTries++;
            throw new CseApiException(CseErrorReason.ConnectionFailed, "down");
        };
        return credential;
    }

    private Cached Make() => new(
        async (isEarly, token) =>
        {
            _isEarly.Add(isEarly);
            if (_beforeMaking is not null)
            {
                await _beforeMaking().WaitAsync(token);
            }

            return new Key(Interlocked.Increment(ref _made), _clock.GetUtcNow() + _lifetime);
        },
        _clock);

    private sealed class Cached(Func<bool, CancellationToken, Task<Key>> make, TimeProvider time) : RenewableCredential<Key>(time)
    {
        public override string IdentityKind => "Test";

        private protected override Task<Key> GetNewAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken) => make(isEarly, cancellationToken);
    }

    private sealed class Key(int number, DateTimeOffset expiresAt) : IExpiringCredential
    {
        public int Number { get; } = number;

        public bool IsCleared { get; private set; }

        public DateTimeOffset? ExpiresAt { get; } = expiresAt;

        public void Authorize(HttpRequestMessage request, DateTimeOffset now) => throw new NotSupportedException();

        public string RemoveFrom(string text) => text;

        public void Clear() => IsCleared = true;
    }
}
