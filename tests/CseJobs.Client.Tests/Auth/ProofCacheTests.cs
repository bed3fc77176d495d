using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Renewal with a clock of its own: no test waits.</summary>
public sealed class ProofCacheTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private int _made;
    private Func<Task>? _beforeMaking;

    [Fact]
    public async Task A_proof_is_kept_until_ten_minutes_before_its_end()
    {
        using ProofCache<Proof> cache = Make();
        await cache.GetAsync(null, default);
        _now += Lifetime - TimeSpan.FromMinutes(11);
        Assert.Equal(1, (await cache.GetAsync(null, default)).Proof.Number);

        _now += TimeSpan.FromMinutes(2);
        Assert.Equal(2, (await cache.GetAsync(null, default)).Proof.Number);
    }

    [Fact]
    public async Task Many_callers_cause_one_renewal()
    {
        using ProofCache<Proof> cache = Make();
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;

        Task<(Proof Proof, long Stamp)>[] calls = Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.GetAsync(null, default))).ToArray();
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Many_callers_refused_with_the_same_proof_cause_one_renewal()
    {
        using ProofCache<Proof> cache = Make();
        (_, long stamp) = await cache.GetAsync(null, default);
        cache.Accepted(stamp);

        bool[] renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.RenewAsync(stamp, null, default))));

        Assert.All(renewed, Assert.True);
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task A_renewed_proof_that_is_refused_at_once_is_not_renewed_again()
    {
        using ProofCache<Proof> cache = Make();
        (_, long first) = await cache.GetAsync(null, default);
        Assert.True(await cache.RenewAsync(first, null, default));
        (_, long second) = await cache.GetAsync(null, default);

        Assert.False(await cache.RenewAsync(second, null, default));
        cache.Accepted(second);
        Assert.True(await cache.RenewAsync(second, null, default));
        Assert.Equal(3, _made);
    }

    [Fact]
    public async Task While_the_old_proof_holds_a_failing_renewal_costs_nothing_and_pauses()
    {
        using ProofCache<Proof> cache = Make();
        await cache.GetAsync(null, default);
        _now += Lifetime - TimeSpan.FromMinutes(5);
        int tries = 0;
        _beforeMaking = () =>
        {
            tries++;
            throw new CseApiException(CseErrorReason.ConnectionFailed, "down");
        };

        Assert.Equal(1, (await cache.GetAsync(null, default)).Proof.Number);
        Assert.Equal(1, (await cache.GetAsync(null, default)).Proof.Number);
        Assert.Equal(1, tries);

        _now += TimeSpan.FromMinutes(6);
        await Assert.ThrowsAsync<CseApiException>(() => cache.GetAsync(null, default));
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_waiting_disturbs_nobody()
    {
        using ProofCache<Proof> cache = Make();
        var release = new TaskCompletionSource();
        _beforeMaking = () => release.Task;
        Task<(Proof Proof, long Stamp)> patient = cache.GetAsync(null, default);
        using var cancel = new CancellationTokenSource();
        Task<(Proof Proof, long Stamp)> impatient = cache.GetAsync(null, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();

        Assert.Equal(1, (await patient).Proof.Number);
    }

    [Fact]
    public async Task Disposing_wipes_the_proofs_and_ends_its_use()
    {
        ProofCache<Proof> cache = Make();
        Proof proof = (await cache.GetAsync(null, default)).Proof;

        cache.Dispose();

        Assert.True(proof.IsCleared);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => cache.GetAsync(null, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => cache.RenewAsync(1, null, default));
    }

    private ProofCache<Proof> Make() => new(
        async (_, token) =>
        {
            if (_beforeMaking is not null)
            {
                await _beforeMaking().WaitAsync(token);
            }

            return new Proof(Interlocked.Increment(ref _made), _now + Lifetime);
        },
        () => _now);

    private sealed class Proof(int number, DateTimeOffset expiresAt) : IProof
    {
        public int Number { get; } = number;

        public bool IsCleared { get; private set; }

        public DateTimeOffset? ExpiresAt { get; } = expiresAt;

        public string RemoveFrom(string text) => text;

        public void Clear() => IsCleared = true;
    }
}
