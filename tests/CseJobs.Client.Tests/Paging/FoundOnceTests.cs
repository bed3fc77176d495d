using System.Globalization;
using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

/// <summary>What a listing finds out about a service is asked once, kept, and shared among engines of a kind.</summary>
public sealed class FoundOnceTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly Recorder _recorder = new();

    [Fact]
    public async Task Without_a_window_nothing_is_asked()
    {
        using CseClient client = fixture.Connect();

        await ListAsync(client, "sim-jobs91-windowrefused");

        Assert.Single(fixture.RequestsFor("sim-jobs91-windowrefused"));
    }

    [Fact]
    public async Task A_list_that_comes_whole_needs_no_window_and_counts_the_jobs_in_it()
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine("sim-jobs25-idwhole");
        using CseClient client = fixture.Connect();
        using Pager<EngineJob> pager = client.ListJobs(engine.Id, Since(engine, 7), _recorder);

        Page<EngineJob> page = (await pager.NextAsync())!;

        Assert.Equal(InWindow(engine, 7), page.Items.Select(job => job.Id));
        Assert.Equal((6, true), (page.Total, page.IsExact));
        Assert.Null(await pager.NextAsync());
        Assert.Equal("offset=0&limit=100", Assert.Single(fixture.RequestsFor(engine.Id)).RawQuery);
    }

    [Fact]
    public async Task A_window_is_tried_at_the_instant_of_a_job_and_then_sent_without_asking_again()
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine("sim-jobs250-idasked");
        using CseClient client = fixture.Connect();

        Assert.Equal(InWindow(engine, 7), await ListAsync(client, engine.Id, Since(engine, 7)));
        Assert.Equal(InWindow(engine, 9), await ListAsync(client, engine.Id, Since(engine, 9)));

        string[] queries = [.. fixture.RequestsFor(engine.Id).Select(request => request.RawQuery)];
        string[] tried = queries[1].Split('&');
        Assert.Equal("offset=0&limit=100", queries[0]);
        Assert.Contains(engine.Jobs, job => tried[2] == FormattableString.Invariant($"from-time={job.StartTime}") && tried[3] == FormattableString.Invariant($"to-time={job.StartTime}"));
        Assert.Equal([Window(engine, 7), Window(engine, 9)], queries[2..]);
        Assert.Equal(WindowUse.ByStart, client.ReadingOf(engine.Id).Window);
        Assert.Empty(_recorder.Notices);
    }

    [Fact]
    public async Task A_window_that_cannot_be_used_is_told_once_and_never_sent_again()
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine("sim-jobs250-windowseconds-idtold");
        using CseClient client = fixture.Connect();

        Assert.Equal(InWindow(engine, 7), await ListAsync(client, engine.Id, Since(engine, 7)));
        Assert.Equal(InWindow(engine, 9), await ListAsync(client, engine.Id, Since(engine, 9)));

        Assert.Contains("all jobs of an engine are read", Assert.Single(_recorder.Notices), StringComparison.Ordinal);
        Assert.Single(fixture.RequestsFor(engine.Id), request => request.RawQuery.Contains("from-time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_of_which_none_has_ended_teach_nothing_and_are_read_whole()
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("teaches-nothing", 0);
        for (int i = 0; i < 120; i++)
            engine.AddJob("Executing");

        using CseClient client = fixture.Connect();

        Assert.Equal(InWindow(engine, 7), await ListAsync(client, engine.Id, Since(engine, 7)));

        Assert.Equal(WindowUse.Unknown, client.ReadingOf(engine.Id).Window);
        Assert.DoesNotContain(fixture.RequestsFor(engine.Id), request => request.RawQuery.Contains("from-time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_window_that_is_refused_later_is_given_up()
    {
        SimulatedEngine taught = fixture.Simulator.AddEngine("window-taught", 250, listed: true);
        SimulatedEngine other = fixture.Simulator.AddEngine("window-refused-later", 250, "windowrefused", listed: true);
        using CseClient client = fixture.Connect();
        await ListEnginesAsync(client);
        await ListAsync(client, taught.Id, Since(taught, 7));

        Assert.Equal(InWindow(other, 7), await ListAsync(client, other.Id, Since(other, 7)));

        Assert.Single(_recorder.Notices);
        Assert.Equal(WindowUse.Unusable, client.ReadingOf(taught.Id).Window);
    }

    [Fact]
    public async Task Engines_of_a_kind_share_what_was_found_and_others_do_not()
    {
        SimulatedEngine[] engines =
        [
            fixture.Simulator.AddEngine("kind-cse-1", 250, listed: true),
            fixture.Simulator.AddEngine("kind-cse-2", 250, listed: true),
            fixture.Simulator.AddEngine("kind-nacos", 250, "windowseconds", kind: EngineKind.Nacos, listed: true),
            fixture.Simulator.AddEngine("kind-gateway", 250, "windowrefused", kind: EngineKind.MicroGateway, listed: true),
        ];
        using CseClient client = fixture.Connect();
        await ListEnginesAsync(client);

        foreach (SimulatedEngine engine in engines)
            Assert.Equal(InWindow(engine, 7), await ListAsync(client, engine.Id, Since(engine, 7)));

        Assert.Equal(3, fixture.RequestsFor("kind-cse-1").Count);
        Assert.Equal(Window(engines[1], 7), Assert.Single(fixture.RequestsFor("kind-cse-2")).RawQuery);
        Assert.Equal(
            [WindowUse.ByStart, WindowUse.ByStart, WindowUse.Unusable, WindowUse.Unusable], engines.Select(engine => client.ReadingOf(engine.Id).Window));
    }

    [Fact]
    public async Task Listings_side_by_side_find_out_once()
    {
        SimulatedEngine[] engines = [.. Enumerable.Range(0, 8).Select(number => fixture.Simulator.AddEngine(
            string.Create(CultureInfo.InvariantCulture, $"side-{number}"), 250, "windowdates", kind: EngineKind.Shared, listed: true))];
        using CseClient client = fixture.Connect();
        await ListEnginesAsync(client);

        List<long>[] ids = await Task.WhenAll(engines.Select(engine => ListAsync(client, engine.Id, Since(engine, 7))));

        Assert.All(engines.Zip(ids), pair => Assert.Equal(InWindow(pair.First, 7), pair.Second));
        Assert.Single(engines.SelectMany(engine => fixture.RequestsFor(engine.Id)), request => request.RawQuery.Contains("from-time", StringComparison.Ordinal));
        Assert.Single(_recorder.Notices);
    }

    [Fact]
    public async Task A_full_page_that_is_said_to_be_all_is_looked_into_once()
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine("sim-jobs130-pagetotal-idlooked");
        using CseClient client = fixture.Connect();

        Assert.Equal(engine.JobIds, await ListAsync(client, engine.Id));
        Assert.Equal(engine.JobIds, await ListAsync(client, engine.Id));

        Assert.Single(fixture.RequestsFor(engine.Id), request => request.RawQuery == "offset=0&limit=1");
        Assert.Equal(TotalUse.Page, client.ReadingOf(engine.Id).Total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(32)]
    [InlineData(100)]
    public async Task A_list_as_long_as_a_page_is_read_with_one_request_more(int jobs)
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine(string.Create(CultureInfo.InvariantCulture, $"as-long-{jobs}"), jobs);
        using CseClient client = fixture.Connect();
        var query = new JobQuery { PageSize = jobs == 1 ? 1 : 100 };

        Assert.Equal(engine.JobIds, await ListAsync(client, engine.Id, query));
        Assert.Equal(engine.JobIds, await ListAsync(client, engine.Id, query));

        // With a single job there is nothing to find out.
        Assert.Equal(jobs == 1 ? 4 : 3, fixture.RequestsFor(engine.Id).Count);
    }

    [Theory]
    [InlineData("refuse100", 1000, 100)]
    [InlineData("refuse50", 1000, 10)]
    [InlineData("refuse50", 100, 10)]
    [InlineData("refuse10-reject0-pages1", 100, 10)]
    public async Task A_limit_that_is_refused_gives_way_to_a_smaller_one_that_is_kept(string readings, int asked, int kept)
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine($"sim-jobs130-{readings}-idlimit{asked}");
        using CseClient client = fixture.Connect();
        var query = new JobQuery { PageSize = asked };

        Assert.Equal(engine.JobIds, await ListAsync(client, engine.Id, query));
        fixture.Simulator.ClearRequests();
        Assert.Equal(engine.JobIds, await ListAsync(client, engine.Id, query));

        Assert.All(fixture.RequestsFor(engine.Id), request => Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"&limit={kept}"), request.RawQuery, StringComparison.Ordinal));
        Assert.Equal(kept, client.ReadingOf(engine.Id).Limit);
    }

    [Fact]
    public async Task A_refusal_for_the_kind_of_the_engine_names_the_kind_and_is_sent_once()
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("gateway-without-jobs", 20, "nojobs", kind: EngineKind.MicroGateway, listed: true);
        using CseClient client = fixture.Connect();
        await ListEnginesAsync(client);
        using Pager<EngineJob> pager = client.ListJobs(engine.Id, Since(engine, 7));

        CseApiException listed = await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync());
        CseApiException read = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(engine.Id, engine.JobIds[0]));

        Assert.All([listed, read], error => Assert.StartsWith(
            "The service refuses this for engine 'gateway-without-jobs', which is of kind MICROGATEWAY: it may keep jobs for ServiceComb engines (kind CSE) only.",
            error.Message, StringComparison.Ordinal));
        Assert.Equal(2, fixture.RequestsFor(engine.Id).Count);
    }

    [Theory]
    [InlineData("pages0")]
    [InlineData("pages1")]
    [InlineData("records")]
    public async Task Jobs_that_vanish_between_two_pages_take_no_other_with_them(string offset)
    {
        foreach (int jobs in new[] { 11, 21, 30, 101 })
        {
            SimulatedEngine engine = fixture.Simulator.GetEngine(string.Create(CultureInfo.InvariantCulture, $"sim-jobs{jobs}-vanishing-{offset}"));
            IReadOnlyList<long> before = engine.JobIds;
            using CseClient client = fixture.Connect();

            List<long> ids = await ListAsync(client, engine.Id, new JobQuery { PageSize = 10 });

            // Those that are left were all there before.
            Assert.Subset(ids.ToHashSet(), engine.JobIds.ToHashSet());
            Assert.Subset(before.ToHashSet(), ids.ToHashSet());
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("pages0")]
    [InlineData("pages1")]
    [InlineData("records")]
    public async Task One_job_that_vanishes_does_not_end_the_listing_early(string offset)
    {
        foreach (int jobs in Enumerable.Range(20, 25))
        {
            foreach (int pagesBefore in new[] { 1, 2 })
            {
                SimulatedEngine engine = fixture.Simulator.GetEngine(string.Create(CultureInfo.InvariantCulture, $"sim-jobs{jobs}-{offset}-idgone{pagesBefore}"));
                IReadOnlyList<long> before = engine.JobIds;
                using CseClient client = fixture.Connect();
                using Pager<EngineJob> pager = client.ListJobs(engine.Id, new JobQuery { PageSize = 10 });
                var ids = new List<long>();
                for (int page = 0; page < pagesBefore; page++)
                    ids.AddRange((await pager.NextAsync())!.Items.Select(job => job.Id));

                engine.RemoveJob(before[3]);
                ids.AddRange((await SimulatorFixture.ListAllAsync(pager)).Select(job => job.Id));

                Assert.Equal(before.Order(), ids.Order());
            }
        }
    }

    [Theory]
    [InlineData("pagetotal", 1000)]
    [InlineData("pagetotal", 10)]
    [InlineData("refuse10", 1000)]
    [InlineData("refuse50,pagetotal", 1000)]
    public async Task The_list_of_engines_is_read_under_the_same_readings(string scenarios, int maxLimit)
    {
        await using CseSimulator simulator = await CseSimulator.StartAsync(new SimulatorOptions { Engines = 128, Scenarios = scenarios, MaxLimit = maxLimit });
        using var client = new CseClient(new CseClientOptions { Endpoint = simulator.BaseAddress, ProjectId = simulator.ProjectId }, new TokenCredential(simulator.Token));

        Assert.Equal(simulator.Engines.Select(engine => engine.Id), (await ListEnginesAsync(client)).Select(engine => engine.Id));
        Assert.Equal(130, simulator.Engines.Count);
    }

    private static JobQuery Since(SimulatedEngine engine, int newest) => new() { From = DateTimeOffset.FromUnixTimeMilliseconds(engine.Jobs[newest - 1].StartTime!.Value) };

    // The newest job has not begun.
    private static IEnumerable<long> InWindow(SimulatedEngine engine, int newest) => engine.Jobs.Take(newest).Where(job => job.StartTime is not null).Select(job => job.Id);

    private static string Window(SimulatedEngine engine, int newest) => string.Create(CultureInfo.InvariantCulture, $"offset=0&limit=100&from-time={engine.Jobs[newest - 1].StartTime}");

    private static async Task<List<Engine>> ListEnginesAsync(CseClient client)
    {
        var engines = new List<Engine>();
        using Pager<Engine> pager = client.ListEngines();
        while (await pager.NextAsync() is { } page)
            engines.AddRange(page.Items);

        return engines;
    }

    private async Task<List<long>> ListAsync(CseClient client, string engine, JobQuery? query = null)
    {
        using Pager<EngineJob> pager = client.ListJobs(engine, query, _recorder);
        return [.. (await SimulatorFixture.ListAllAsync(pager)).Select(job => job.Id)];
    }
}
