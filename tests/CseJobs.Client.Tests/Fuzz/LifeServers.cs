using CseJobs.Simulator;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>
/// Two servers with three accounts each, which know nothing of each other, and what they saw: each request must be one that a
/// session has told of, at its server, with its credential. The servers' time is the true one, whatever the clients' clock is set to.
/// </summary>
internal sealed class LifeServers : IAsyncDisposable
{
    // A request of a cancelled call may still be on its way when the call has long ended.
    private const int StepsOnTheWay = 200;

    private readonly CseSimulator[] _servers = new CseSimulator[2];
    private readonly TimeProvider _time;
    private readonly List<Told> _told = [];
    private readonly List<(int Server, RecordedRequest Request)> _unexplained = [];

    public LifeServers(TimeProvider trueTime) => _time = trueTime;

    public CseSimulator this[int index] => _servers[index];

    public int Count => _servers.Length;

    public async Task StartAsync()
    {
        for (int i = 0; i < Count; i++)
            _servers[i] = await CseSimulator.StartAsync(Setup(i, 0));
    }

    /// <summary>Cuts what is under way, forgets all tokens and keys, and comes back at the same address.</summary>
    public async Task RestartAsync(int index)
    {
        Note(index);
        int port = _servers[index].BaseAddress.Port;
        await _servers[index].DisposeAsync();
        Note(index);
        _servers[index] = await CseSimulator.StartAsync(Setup(index, port));
    }

    /// <summary>A session tells of a request that has ended, well or not.</summary>
    public void Tell(LifeSession session, string method, string pathAndQuery, int step) => _told.Add(new Told(session, method, pathAndQuery, step));

    /// <summary>Compares what arrived with what was told. A request that nobody told of yet may be told of in a moment: true once there is none.</summary>
    /// <returns>What is wrong; empty when nothing is, null as long as somebody has to be heard.</returns>
    public string? Settle(int step)
    {
        for (int i = 0; i < Count; i++)
            Note(i);

        foreach ((int server, RecordedRequest request) in _unexplained.ToList())
        {
            string target = request.Path + (request.RawQuery.Length > 0 ? "?" + request.RawQuery : string.Empty);
            List<Told> same = _told.FindAll(told => told.Session.Server == server && told.Method == request.Method && told.Target == target);
            if (same.Count == 0)
                continue;

            if (same.Find(told => told.Session.MayHaveSent(request)) is not { } found)
                return $"{request.Method} {target} of {same[0].Session} arrived as '{request.Identity}' ({request.StatusCode})";

            found.Session.Learn(request);
            _told.Remove(found);
            _unexplained.Remove((server, request));
        }

        _told.RemoveAll(told => told.Step < step - StepsOnTheWay);
        return _unexplained.Count == 0 && _servers.All(server => server.RequestsUnderWay == 0) ? string.Empty : null;
    }

    /// <summary>What nobody has told of, or has not ended.</summary>
    public string Unsettled() => string.Join(
        "; ",
        _unexplained.Select(one => $"server {one.Server} got {one.Request.Method} {one.Request.Path} ({one.Request.StatusCode}), which no call was made for")
            .Concat(_servers.Select((server, i) => $"server {i} has {server.RequestsUnderWay} requests under way")));

    /// <summary>The secret of which a text shows the beginning or the end; null if there is none.</summary>
    public string? SecretIn(string text, LifeSession session) => _servers
        .SelectMany(server => server.Accounts.SelectMany(account => new[] { account.Password, account.SecretKey }).Append(server.Token))
        .Concat(session.Secrets)
        .FirstOrDefault(secret => text.Contains(secret[..16], StringComparison.Ordinal) || text.Contains(secret[^16..], StringComparison.Ordinal));

    public void Forget() => _told.Clear();

    public async ValueTask DisposeAsync()
    {
        foreach (CseSimulator server in _servers)
            await server.DisposeAsync();
    }

    private void Note(int index) => _unexplained.AddRange(_servers[index].TakeRequests().Select(request => (index, request)));

    private SimulatorOptions Setup(int index, int port) => new()
    {
        Port = port,
        Seed = index,
        Engines = 0,
        Jobs = 3,
        TimeProvider = _time,
        Token = $"token-{index}-of-the-life-4f7a",
        ProjectId = Project(index, 0),
        Accounts =
        [
            .. Enumerable.Range(0, 3).Select(i => new SimulatedAccount(
                $"domain-{index}{i}",
                $"user-{index}{i}",
                $"password-{index}{i}-of-the-life-9c1e",
                $"AKOFTHELIFE{index}{i}00000000",
                $"SK{index}{i}SECRETOFTHELIFE0000SECRET{index}{i}",
                null,
                [new SimulatedProject(Project(index, i), "cn-north-4")])),
        ],
    };

    private static string Project(int server, int account) => $"{server}{account}".PadLeft(32, 'a');

    private sealed record Told(LifeSession Session, string Method, string Target, int Step);
}
