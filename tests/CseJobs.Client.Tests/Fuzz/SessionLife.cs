using System.Globalization;
using System.Runtime.CompilerServices;
using CseJobs.Client.Http;
using CseJobs.Client.Waiting;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>
/// A random life of some sessions at two servers, by a seed: the same seed takes the same steps. Each step changes the life in one way,
/// and afterwards all must hold: the step ends, every request that arrived was meant, no text shows a secret, nothing goes on.
/// </summary>
internal sealed class SessionLife : IAsyncDisposable
{
    private const int MostSessions = 6;
    private const int StepsToListen = 200;

    // Only a hang meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan[] Skews =
    [
        TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(-5), TimeSpan.FromHours(1), TimeSpan.FromHours(-1),
        TimeSpan.FromMinutes(-30), TimeSpan.FromHours(23.9), TimeSpan.FromHours(30), TimeSpan.FromDays(-3), TimeSpan.FromDays(400),
    ];

    private static readonly (string Scenario, CseErrorReason?[] Ends)[] Faults =
    [
        ("flaky5032", [null]),
        ("reset1", [null]),
        ("cut1", [null]),
        ("cutchunked1", [null]),
        ("throttled2-retryafter7", [null]),

        // Half a refusal does not say that the token is old.
        ("truncated1", [null, CseErrorReason.AuthenticationFailed]),
        ("http10close", [null]),
        ("gzip", [null]),
        ("reset", [CseErrorReason.ConnectionFailed]),
        ("error500", [CseErrorReason.ServerError]),
        ("html502", [CseErrorReason.ServerError]),
        ("forbidden", [CseErrorReason.PermissionDenied]),
        ("echo", [CseErrorReason.AuthenticationFailed]),
        ("echoall", [CseErrorReason.AuthenticationFailed]),
        ("missing401", [CseErrorReason.EngineNotFound]),
        ("redirect", [CseErrorReason.RedirectRefused]),
        ("notjson", [CseErrorReason.MalformedResponse]),
        ("chaos20", [null, CseErrorReason.AuthenticationFailed, CseErrorReason.Throttled, CseErrorReason.ServerError, CseErrorReason.ConnectionFailed, CseErrorReason.MalformedResponse]),
    ];

    private readonly int _seed;
    private readonly Random _random;
    private readonly TestClock _clock = new();
    private readonly LifeServers _servers;
    private readonly List<LifeSession> _open = [];
    private readonly List<WeakReference> _closed = [];
    private readonly List<LifeWatch> _watches = [];
    private readonly Queue<string> _story = new();
    private readonly long[] _misdated;
    private TimeSpan _skew;
    private int _step;
    private int _made;

    private SessionLife(int seed, Func<TestClock, LifeServers> servers)
    {
        _seed = seed;
        _random = new Random(seed);
        _servers = servers(_clock);
        _misdated = new long[_servers.Count];
        Array.Fill(_misdated, long.MinValue / 2);
    }

    /// <summary>How often each kind of step was taken.</summary>
    public Dictionary<string, int> Taken { get; } = [];

    public static async Task<SessionLife> BeginAsync(int seed)
    {
        var life = new SessionLife(seed, clock => new LifeServers(new TrueTime(clock)));
        await life._servers.StartAsync();
        return life;
    }

    public async Task StepAsync()
    {
        _step++;
        (string kind, Func<Task> act) = Pick();
        Taken[kind] = Taken.GetValueOrDefault(kind) + 1;
        try
        {
            await act().WaitAsync(Patience);
            await SettleAsync();
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {_seed}, step {_step}: {e.GetType().Name}: {e.Message}\nThe last steps:\n{string.Join("\n", _story)}\n{e.StackTrace}");
        }
    }

    /// <summary>Ends all sessions; nothing of them may be left.</summary>
    public async Task EndAsync()
    {
        while (_open.Count > 0)
            Close(_open[0]);

        await SettleAsync();
        using var guard = new CancellationTokenSource(Patience);
        for (int i = 0; i < _servers.Count; i++)
        {
            while (_servers[i].OpenConnections > 0)
            {
                Assert.False(guard.IsCancellationRequested, $"seed {_seed}: server {i} has {_servers[i].OpenConnections} connections when all sessions are closed");
                await Task.Yield();
            }
        }

        _watches.Clear();
        _servers.Forget();
        Assert.True(_closed.Count > 10, $"seed {_seed}: {_closed.Count} sessions");

        // Work that a stop has overtaken may hold its client a moment longer; whoever forgets to let go holds it for good.
        while (Kept() is > 0 and var kept)
        {
            Assert.False(guard.IsCancellationRequested, $"seed {_seed}: {kept} closed clients are kept");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(session => session.Client.Dispose());
        await _servers.DisposeAsync();
    }

    /// <summary>How many closed clients somebody still holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Kept()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return _closed.Count(client => client.IsAlive);
    }

    private (string Kind, Func<Task> Act) Pick() => (_open.Count == 0 ? 0 : _random.Next(1000)) switch
    {
        < 90 => ("connect", ConnectAsync),
        < 320 => ("list", () => DoAsync(Any(), LifeCall.List(Engine(), _random.Next(3, 30), [null]))),
        < 480 => ("read", () => DoAsync(Any(), LifeCall.Read(Engine(), _random.Next(20), [null]))),
        < 510 => ("miss", MissAsync),
        < 600 => ("fault", FaultAsync),
        < 680 => ("wait", () => DoAsync(Any(), AnyWait())),
        < 760 => ("retry", () => DoAsync(Any(), AnyRetry())),
        < 850 => ("stop", StopAsync),
        < 890 => ("together", TogetherAsync),
        < 930 => ("disconnect", DisconnectAsync),
        < 950 => ("disconnect under way", DisconnectUnderWayAsync),
        < 980 => ("clock", StepClockAsync),
        < 997 => ("expire", ExpireAsync),
        _ => ("restart", RestartAsync),
    };

    private LifeSession Any() => _open[_random.Next(_open.Count)];

    /// <summary>One of a few engines with 20 jobs, which all sessions of all servers have in common by their names.</summary>
    private string Engine() => $"sim-jobs20-id{_random.Next(5)}";

    private string NewEngine(string kind) => $"sim-{kind}-id{++_made}";

    private LifeCall AnyWait() => _random.Next(4) switch
    {
        0 => LifeCall.Wait([NewEngine("progress4-jobs2")], WaitEnd.Finished),
        1 => LifeCall.Wait([NewEngine("fails3-jobs1"), NewEngine("timesout2-jobs3")], WaitEnd.Failed),
        2 => LifeCall.Wait([NewEngine("deletes2-jobs2")], WaitEnd.EngineGone),
        _ => LifeCall.Wait([NewEngine("stuck-jobs2"), NewEngine("stuck-jobs2")], WaitEnd.TimedOut, TimeSpan.FromSeconds(_random.Next(1, 100))),
    };

    private LifeCall AnyRetry() => _random.Next(5) switch
    {
        0 => LifeCall.Retry(NewEngine("jobs2"), hasFailed: false, CseErrorReason.RequestRejected),
        1 => LifeCall.Retry(NewEngine("jobs2-throttled1"), hasFailed: true, [null]),
        2 => LifeCall.Retry(NewEngine("jobs2-reset1"), hasFailed: true, CseErrorReason.ConnectionFailed),
        _ => LifeCall.Retry(NewEngine("jobs2"), hasFailed: true, [null]),
    };

    private Task<bool> MissAsync() => DoAsync(Any(), _random.Next(2) == 0
        ? LifeCall.Miss(Engine(), 1, CseErrorReason.JobNotFound)
        : LifeCall.Miss($"nowhere-{_random.Next(5)}", 1, CseErrorReason.EngineNotFound));

    private Task<bool> FaultAsync()
    {
        (string scenario, CseErrorReason?[] ends) = Faults[_random.Next(Faults.Length)];
        string engine = NewEngine("jobs20-" + scenario);
        return DoAsync(Any(), _random.Next(2) == 0 ? LifeCall.List(engine, 15, ends) : LifeCall.Read(engine, 0, ends));
    }

    private async Task ConnectAsync()
    {
        if (_open.Count == MostSessions)
            await DisconnectAsync();

        int server = _random.Next(_servers.Count);
        var way = (WayIn)_random.Next(5);
        SimulatedAccount account = _servers[server].Accounts[way is WayIn.Token or WayIn.Agency ? 0 : _random.Next(3)];
        bool isWrong = way == WayIn.Password && _random.Next(8) == 0;
        var session = new LifeSession(_step, server, way, isWrong ? account with { Password = "wrong-password-of-the-life" } : account, _servers[server].Token);
        if (await RunAsync(session, null, isWrong ? [CseErrorReason.AuthenticationFailed] : [null]))
            _open.Add(session);
    }

    /// <summary>Cancels a call before it begins, at one of its events, when a request has arrived, or at any moment.</summary>
    private Task<bool> StopAsync()
    {
        LifeSession session = Any();
        string kind = new[] { "stall", "slowheaders", "dribble5", "flaky5039", "gzip", "latency1" }[_random.Next(6)];
        string engine = NewEngine("jobs20-" + kind);
        LifeCall call = _random.Next(4) switch
        {
            0 => LifeCall.List(engine, 5, [null, CseErrorReason.ServerError]),
            1 => LifeCall.Read(engine, 3, [null, CseErrorReason.ServerError]),
            2 => LifeCall.Retry(engine, true, [null, CseErrorReason.ServerError]),
            _ => LifeCall.Wait([engine, NewEngine("stuck-jobs1")], WaitEnd.Finished),
        };

        // What never answers has no event, and is not to be left before it has begun to wait.
        var when = (Stop)_random.Next(kind is "stall" or "slowheaders" ? 2 : 4);
        return RunAsync(session, call, call.Ends, when, _random.Next(1, 12));
    }

    private async Task TogetherAsync()
    {
        int calls = _random.Next(2, 5);
        var tasks = new List<Task>();
        for (int i = 0; i < calls; i++)
            tasks.Add(DoAsync(Any(), _random.Next(3) switch { 0 => LifeCall.List(Engine(), 7, [null]), 1 => LifeCall.Read(Engine(), i, [null]), _ => AnyWait() }));

        await Task.WhenAll(tasks);
    }

    private async Task DisconnectAsync()
    {
        LifeSession session = Any();
        Tell($"disconnect {session}");
        Close(session);
        if (_random.Next(2) == 0)
            await DoAsync(session, _random.Next(3) switch { 0 => LifeCall.List(Engine(), 7), 1 => AnyRetry() with { Ends = [] }, _ => LifeCall.Read(Engine(), 1) });
    }

    /// <summary>The session is closed while an answer is on its way, or a pause goes on.</summary>
    private async Task DisconnectUnderWayAsync()
    {
        LifeSession session = Any();
        string engine = NewEngine(_random.Next(2) == 0 ? "jobs20-stall" : "jobs20-slowheaders");
        Task call = DoAsync(session, _random.Next(3) switch
        {
            0 => LifeCall.List(engine, 7),
            1 => LifeCall.Read(engine, 1),
            _ => LifeCall.Wait([engine], WaitEnd.Finished) with { Ends = [] },
        });
        await ArrivalAsync(session, call);
        Close(session);
        await call;
    }

    private Task StepClockAsync()
    {
        if (_random.Next(3) == 0)
        {
            var span = TimeSpan.FromMinutes(_random.Next(1, 2000));
            Tell($"{span} go by");
            _clock.Advance(span);
        }
        else
        {
            TimeSpan skew = Skews[_random.Next(Skews.Length)];
            Tell($"the clock is {skew} ahead");
            _clock.StepWallClock(skew - _skew);
            _skew = skew;
        }

        return Task.CompletedTask;
    }

    private Task ExpireAsync()
    {
        int server = _random.Next(_servers.Count);
        Tell($"expire the tokens of server {server}");
        _servers[server].ExpireTokens();
        foreach (LifeSession session in _open.Where(session => session.Server == server && session.Way == WayIn.Password && !session.IsTaken))
            session.IsForgotten = true;

        return Task.CompletedTask;
    }

    private Task RestartAsync()
    {
        int server = _random.Next(_servers.Count);
        Tell($"restart server {server}");
        foreach (LifeSession session in _open.Where(session => session.Server == server && session.Way is WayIn.Password or WayIn.Agency))
            session.IsForgotten = true;

        return _servers.RestartAsync(server);
    }

    private void Close(LifeSession session)
    {
        session.IsClosed = true;
        _open.Remove(session);
        _closed.Add(new WeakReference(session.Client));
        session.Client.Dispose();
    }

    private Task<bool> DoAsync(LifeSession session, LifeCall call) => RunAsync(session, call, call.Ends);

    /// <summary>Makes a call, or the session if there is none, and looks at how it ends.</summary>
    /// <returns>True if it ended well.</returns>
    private async Task<bool> RunAsync(LifeSession session, LifeCall? call, CseErrorReason?[] ends, Stop stop = Stop.Never, int count = 0)
    {
        Tell($"{call?.Name ?? "connect"}: {session}{(stop == Stop.Never ? string.Empty : $", stopped {stop} {count}")}");
        using var cancel = new CancellationTokenSource();
        var watch = new LifeWatch(session, call, _step, stop == Stop.AtAnEvent ? count : 0, cancel.Cancel);
        _watches.Add(watch);
        if (stop == Stop.Before)
            await cancel.CancelAsync();

        CseSimulator server = _servers[session.Server];
        Task run = call is null ? session.ConnectAsync(server, _clock, watch, cancel.Token) : call.Run(session, server, watch, cancel.Token);
        if (stop == Stop.OnArrival)
            await ArrivalAsync(session, run);

        for (int i = 0; stop == Stop.Anywhen && i < count * count; i++)
            await Task.Yield();

        if (stop is Stop.OnArrival or Stop.Anywhen)
            await cancel.CancelAsync();

        CseApiException? failure = null;
        session.IsTaken = false;
        try
        {
            await run;
            session.IsTaken = true;
            watch.Texts.Enqueue($"{session.Result} {session.Result!.Credential} {session.Client.Options}");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (CseApiException e)
        {
            failure = e;
            watch.Texts.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{e} {e.ServerMessage} {e.Detail} {e.RequestId} {e.Path}"));
        }

        CseErrorReason? end = failure?.Reason;
        bool isRight = session.IsClosed ? end == CseErrorReason.SessionClosed : ends.Contains(end) || (end == CseErrorReason.AuthenticationFailed && MayBeRefused(session));
        Assert.True(isRight, $"{call?.Name ?? "connect"} of {session} ended in {failure?.Message ?? "success"}");
        return failure is null;
    }

    /// <summary>A signature with a wrong date is refused, and after some of them the key is locked for minutes.</summary>
    private bool MayBeRefused(LifeSession session)
    {
        if (session.IsForgotten)
            return true;

        if (!session.Signs)
            return false;

        if (_skew.Duration() > TimeSpan.FromMinutes(14))
            _misdated[session.Server] = _clock.GetTimestamp();

        return _clock.GetTimestamp() - _misdated[session.Server] < TimeSpan.FromMinutes(6).Ticks;
    }

    private async Task ArrivalAsync(LifeSession session, Task call)
    {
        while (!call.IsCompleted && _servers[session.Server].RequestsUnderWay == 0)
            await Task.Yield();
    }

    /// <summary>Until all that was sent is accounted for, and nothing is under way any more.</summary>
    private async Task SettleAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        string? wrong;
        do
        {
            Assert.False(guard.IsCancellationRequested, _servers.Unsettled());
            await Task.Yield();
            foreach (LifeWatch watch in _watches)
                Account(watch);

            wrong = _servers.Settle(_step);
        }
        while (wrong is null);

        Assert.True(wrong.Length == 0, wrong);
        foreach (LifeWatch watch in _watches)
        {
            while (watch.Texts.TryDequeue(out string? text))
                Assert.True(_servers.SecretIn(text, watch.Session) is null, $"{watch.Call?.Name ?? "connect"} of {watch.Session} shows {_servers.SecretIn(text, watch.Session)} in: {text}");
        }

        _watches.RemoveAll(watch => watch.Step < _step - StepsToListen);
    }

    private void Account(LifeWatch watch)
    {
        while (watch.Traces.TryDequeue(out RequestTrace? trace))
        {
            Assert.True(watch.Means(trace), $"{watch.Call?.Name ?? "connect"} of {watch.Session} sent {trace.Method} {trace.PathAndQuery}");
            Assert.False(watch.IsLate && trace.StatusCode is not null, $"{watch.Session} is closed and was answered {trace}");
            if (!watch.IsLate)
                _servers.Tell(watch.Session, trace.Method, trace.PathAndQuery, _step);
        }
    }

    private void Tell(string what)
    {
        _story.Enqueue($"{_step}: {what}");
        if (_story.Count > 12)
            _story.Dequeue();
    }

    private enum Stop
    {
        OnArrival,
        Before,
        AtAnEvent,
        Anywhen,
        Never,
    }

    /// <summary>The true time, which goes by with a clock that may be set to any other.</summary>
    private sealed class TrueTime(TestClock clock) : TimeProvider
    {
        private readonly DateTimeOffset _start = clock.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _start + clock.GetElapsedTime(0);
    }
}
