using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests;

/// <summary>A simulator for one test class, and clients to it.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    internal CseSimulator Simulator { get; private set; } = null!;

    public async Task InitializeAsync() => Simulator = await CseSimulator.StartAsync(new SimulatorOptions { MaxLimit = 1000 });

    public async Task DisposeAsync() => await Simulator.DisposeAsync();

    internal CseClient Connect(string? token = null, string? enterpriseProjectId = null, TimeSpan? timeout = null, long? maxBytes = null) => new(
        new CseClientOptions
        {
            Endpoint = Simulator.BaseAddress,
            ProjectId = Simulator.ProjectId,
            EnterpriseProjectId = enterpriseProjectId,
            Timeout = timeout ?? TimeSpan.FromSeconds(60),
            MaxResponseBytes = maxBytes ?? 64 * 1024 * 1024,
            TimeProvider = new TestClock(),
        },
        new TokenCredential(token ?? Simulator.Token));

    /// <summary>The requests that were made for an engine, in order.</summary>
    internal List<RecordedRequest> RequestsFor(string engine) =>
        Simulator.Requests.Where(request => request.Path.Contains($"/engines/{engine}/", StringComparison.Ordinal)).ToList();

    internal static async Task<List<EngineJob>> ListAllAsync(Pager<EngineJob> pager)
    {
        var jobs = new List<EngineJob>();
        while (await pager.NextAsync() is { } page)
        {
            pager.Prefetch();
            jobs.AddRange(page.Items);
        }

        return jobs;
    }

    internal async Task<List<long>> ListIdsAsync(string engine, JobQuery? query = null, ICallObserver? observer = null)
    {
        using CseClient client = Connect();
        using Pager<EngineJob> pager = client.ListJobs(engine, query, observer);
        return (await ListAllAsync(pager)).Select(job => job.Id).ToList();
    }
}
