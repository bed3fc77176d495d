using System.Collections.Concurrent;
using CseJobs.Client.Http;
using CseJobs.Client.Paging;
using CseJobs.Client.Waiting;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>A call of a session: what it may send, how it may end, and what is right when it ends well.</summary>
/// <param name="Name">What it is, for the story of a failure.</param>
/// <param name="Means">Whether a request is one that the call may make, by method and target below the list of engines.</param>
/// <param name="Run">The call. Throws if it ends well with a wrong result.</param>
/// <param name="Ends">How it may end; null is well.</param>
internal sealed record LifeCall(
    string Name,
    Func<string, string, bool> Means,
    Func<LifeSession, CseSimulator, ICallObserver, CancellationToken, Task> Run,
    params CseErrorReason?[] Ends)
{
    public static LifeCall List(string engine, int pageSize, params CseErrorReason?[] ends) => new(
        $"list {engine} by {pageSize}",
        // A page that may be full is looked into by one of a single job.
        (method, target) => method == "GET" && target.StartsWith($"/{engine}/jobs?offset=", StringComparison.Ordinal)
            && (target.EndsWith($"&limit={pageSize}", StringComparison.Ordinal) || target.EndsWith("&limit=1", StringComparison.Ordinal)),
        async (session, server, observer, token) =>
        {
            using Pager<EngineJob> pager = session.Client.ListJobs(engine, new JobQuery { PageSize = pageSize }, observer);
            var jobs = new List<EngineJob>();
            while (await pager.NextAsync(token) is { } page)
            {
                pager.Prefetch();
                jobs.AddRange(page.Items);
            }

            Assert.Equal(server.GetEngine(engine).JobIds, jobs.Select(job => job.Id));
            Assert.All(jobs, job => Assert.Equal(engine, job.EngineId));
        },
        ends);

    public static LifeCall Read(string engine, int place, params CseErrorReason?[] ends) => new(
        $"read job {place} of {engine}",
        (method, target) => method == "GET" && target.StartsWith($"/{engine}/jobs/", StringComparison.Ordinal),
        async (session, server, observer, token) =>
        {
            SimulatedJob there = server.GetEngine(engine).Jobs[place];
            EngineJob job = await session.Client.GetJobAsync(engine, there.Id, observer, token);
            Assert.Equal((there.Id, engine, there.Status), (job.Id, job.EngineId, job.StatusText));
        },
        ends);

    /// <summary>Reads what is not there.</summary>
    public static LifeCall Miss(string engine, long id, CseErrorReason end) => new(
        $"read the job {id} of {engine}",
        (method, target) => method == "GET" && target == $"/{engine}/jobs/{id}",
        (session, _, observer, token) => session.Client.GetJobAsync(engine, id, observer, token),
        end);

    /// <summary>Waits for the newest jobs of engines, each of which may only be read.</summary>
    public static LifeCall Wait(IReadOnlyList<string> engines, WaitEnd end, TimeSpan? timeout = null) => new(
        $"wait for {string.Join(" and ", engines)}",
        (method, target) => method == "GET" && engines.Any(engine => target.StartsWith($"/{engine}/jobs/", StringComparison.Ordinal)),
        async (session, server, observer, token) =>
        {
            List<TrackedJob> jobs = engines.Select(engine => (Engine: engine, server.GetEngine(engine).LatestJob))
                .Select(one => new TrackedJob(one.Engine, one.LatestJob!.Id, one.LatestJob.Type, one.LatestJob.Status)).ToList();
            using var waiter = new JobWaiter(session.Client, jobs, new WaitOptions { Timeout = timeout }, observer, token);
            int ended = 0;
            while (await waiter.NextAsync() is { } round)
            {
                ended += round.Count;
                if (round.FirstOrDefault(job => job.End == WaitEnd.Unreadable) is { } unreadable)
                    throw unreadable.ReadError!;
            }

            Assert.Equal(jobs.Count, ended);
            Assert.All(jobs, job => Assert.Equal(end, job.End));
        },
        [null]);

    /// <summary>Retries the newest job of an engine, which is made to have failed before.</summary>
    public static LifeCall Retry(string engine, bool hasFailed, params CseErrorReason?[] ends) => new(
        $"retry of {engine}",
        (method, target) => method == "PUT" && target == $"/{engine}/actions",
        async (session, server, observer, token) =>
        {
            SimulatedEngine there = server.GetEngine(engine);
            long id = there.LatestJob!.Id;
            there.SetJobStatus(id, hasFailed ? "Error" : "Finished");
            Assert.Equal(id, await session.Client.RetryJobAsync(engine, observer, token));
            Assert.NotEqual("Error", there.LatestJob.Status);
        },
        ends);
}

/// <summary>Listens to a call, and acts at one of its events.</summary>
internal sealed class LifeWatch(LifeSession session, LifeCall? call, int step, int actAt, Action act) : ICallObserver
{
    private int _events;

    public LifeSession Session => session;

    /// <summary>Null while the session is being made.</summary>
    public LifeCall? Call => call;

    public int Step => step;

    /// <summary>Whether the session was closed before, so that nothing may be sent.</summary>
    public bool IsLate { get; } = session.IsClosed;

    public ConcurrentQueue<RequestTrace> Traces { get; } = new();

    public ConcurrentQueue<string> Texts { get; } = new();

    /// <summary>Whether a request is one that was meant.</summary>
    public bool Means(RequestTrace trace)
    {
        string target = trace.PathAndQuery;
        return (LifeSession.IsSignIn(target) && session.Way == WayIn.Password)
            || (target.StartsWith("/v3/projects?name=", StringComparison.Ordinal) && session.Way == WayIn.AccessKeyWithoutProject && call is null)
            || (LifeSession.IsMetadata(target) && session.Way == WayIn.Agency)
            || (call is not null && target.StartsWith(session.EnginesPath + "/", StringComparison.Ordinal) && call.Means(trace.Method, target[session.EnginesPath.Length..]));
    }

    public void RequestEnded(RequestTrace trace)
    {
        Traces.Enqueue(trace);
        Texts.Enqueue(trace.ToString());
        Count();
    }

    public void Waiting(RetryWait wait)
    {
        Texts.Enqueue(wait.ToString());
        Count();
    }

    private void Count()
    {
        if (Interlocked.Increment(ref _events) == actAt)
            act();
    }
}
