using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>No connection, bad certificates, and cancellation in every state that a call can be in.</summary>
public sealed class ConnectionTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(TlsMode.Untrusted)]
    [InlineData(TlsMode.Expired)]
    [InlineData(TlsMode.WrongHost)]
    public async Task A_certificate_that_is_not_trusted_ends_the_call_at_once(TlsMode mode)
    {
        await using CseSimulator simulator = await CseSimulator.StartAsync(new SimulatorOptions { Tls = mode });
        var recorder = new Recorder();
        using (CseClient client = Connect(simulator.BaseAddress))
        {
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(CseSimulator.SeedEngineId, 12339, recorder));

            Assert.Equal(CseErrorReason.ConnectionFailed, error.Reason);
            Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
            Assert.Empty(recorder.Waits);
            Assert.Empty(simulator.Requests);
        }

        using CseClient trusting = Connect(simulator.BaseAddress, skipCertificateCheck: true);
        Assert.Equal(12339, (await trusting.GetJobAsync(CseSimulator.SeedEngineId, 12339)).Id);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_ends_the_call_at_once()
    {
        var recorder = new Recorder();
        using CseClient client = Connect(new Uri("https://cse.no-such-host.invalid"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1, recorder));

        Assert.Equal(CseErrorReason.ConnectionFailed, error.Reason);
        Assert.Contains("cse.no-such-host.invalid", error.Message, StringComparison.Ordinal);
        Assert.InRange(recorder.Requests.Count, 1, 5);
    }

    [Fact]
    public async Task A_client_that_is_disposed_ends_the_pause_before_another_try()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, response) =>
        {
            response.Headers.RetryAfter = "100";
            return (429, "{}");
        });
        using var client = new CseClient(new CseClientOptions { Endpoint = api.Address, ProjectId = "p" }, new TokenCredential("token-of-the-tests"));
        var pause = new PauseSignal();
        Task<EngineJob> call = client.GetJobAsync("e", 1, pause);
        await pause.Begun.WaitAsync(Guard);

        client.Dispose();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => call.WaitAsync(Guard));
        Assert.Equal(CseErrorReason.SessionClosed, error.Reason);
        Assert.Single(api.Targets);
    }

    [Fact]
    public async Task A_refused_or_closed_connection_is_tried_again()
    {
        var refused = new Recorder();
        using (CseClient client = Connect(new Uri("http://127.0.0.1:1")))
        {
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1, refused));
            Assert.Equal((CseErrorReason.ConnectionFailed, 4), (error.Reason, error.Retries));
            Assert.Contains("Tried again 4 times", error.Message, StringComparison.Ordinal);
        }

        await using StalledListener listener = StalledListener.Start(StalledListenerMode.RefusesAfterAccept);
        var closed = new Recorder();
        using (CseClient client = Connect(listener.BaseAddress))
        {
            Assert.Equal(CseErrorReason.ConnectionFailed, (await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1, closed))).Reason);
        }

        Assert.Equal((5, 5), (refused.Requests.Count, closed.Requests.Count));
    }

    public static TheoryData<string> States() => new() { "waiting for headers", "TLS handshake", "reading a stalled body", "waiting to retry", "prefetching", "signing in" };

    [Theory]
    [MemberData(nameof(States))]
    public async Task Cancelling_ends_the_call_in_every_state_and_leaves_no_connection(string state)
    {
        await using CseSimulator simulator = await CseSimulator.StartAsync();
        await using StalledListener listener = StalledListener.Start();
        using var cancel = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stalled = new Uri($"http://127.0.0.1:{listener.Port}");
        using CseClient client = Connect(
            state switch { "waiting for headers" => stalled, "TLS handshake" => new Uri($"https://127.0.0.1:{listener.Port}"), _ => simulator.BaseAddress },
            clock: new StoppedClock(reached.SetResult));

        Task call = state switch
        {
            "reading a stalled body" => client.GetJobAsync("sim-jobs5-stall", 1, null, cancel.Token),
            "waiting to retry" => client.GetJobAsync("sim-jobs5-throttled", 1, null, cancel.Token),
            "prefetching" => PrefetchAsync(client, cancel.Token),
            "signing in" => SignIn.WithPasswordAsync(
                new SignInOptions { Endpoint = stalled, IamEndpoint = stalled, ProjectId = "p" }, "u", new System.Security.SecureString(), "d", null, cancel.Token),
            _ => client.GetJobAsync("e", 1, null, cancel.Token),
        };
        await (state == "waiting to retry" ? reached.Task : UnderWayAsync(simulator, listener)).WaitAsync(Guard);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Guard));
        client.Dispose();
        if (listener.Connections > 0)
        {
            await listener.WhenAllClosed.WaitAsync(Guard);
        }

        await PollAsync(() => simulator.RequestsUnderWay == 0);
    }

    private static async Task PrefetchAsync(CseClient client, CancellationToken token)
    {
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs400-max20-pages0-latency150");
        await pager.NextAsync(token);
        await pager.NextAsync(token);
        pager.Prefetch();
        while (await pager.NextAsync(token) is not null)
        {
            pager.Prefetch();
        }

        await Task.Delay(Timeout.Infinite, token);
    }

    private static Task UnderWayAsync(CseSimulator simulator, StalledListener listener) =>
        PollAsync(() => simulator.RequestsUnderWay > 0 || listener.Connections > 0);

    /// <summary>For what only the other side knows; it ends as soon as it is so, and fails after the guard.</summary>
    private static async Task PollAsync(Func<bool> condition)
    {
        using var guard = new CancellationTokenSource(Guard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static CseClient Connect(
        Uri endpoint, bool skipCertificateCheck = false, TimeProvider? clock = null) => new(
        new CseClientOptions
        {
            Endpoint = endpoint,
            ProjectId = "0123456789abcdef0123456789abcdef",
            SkipCertificateCheck = skipCertificateCheck,
            TimeProvider = clock ?? new TestClock(),
        },
        new TokenCredential("sim-token"));

    /// <summary>A clock by which no pause ends; it tells that one has begun.</summary>
    private sealed class StoppedClock(Action begun) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            begun();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }

    private sealed class PauseSignal : ICallObserver
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void RequestEnded(RequestTrace trace)
        {
        }

        public void Waiting(RetryWait wait) => _begun.SetResult();
    }
}
