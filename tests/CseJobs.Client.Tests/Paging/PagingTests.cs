using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;
using Reading = CseJobs.Simulator.OffsetReading;

namespace CseJobs.Client.Tests.Paging;

/// <summary>The pager against a server that is asked what it holds: exactly the right ids, each once, in order.</summary>
public sealed class PagingTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private const int Clamp = 3;

    public static TheoryData<Reading, int, int, bool> Table()
    {
        var data = new TheoryData<Reading, int, int, bool>();
        foreach (Reading reading in Enum.GetValues<Reading>())
        {
            foreach (int pageSize in new[] { 1, 7, 100 })
            {
                foreach (int total in new[] { 0, 1, 99, 100, 101, 1000 })
                {
                    data.Add(reading, pageSize, total, false);
                    data.Add(reading, pageSize, total, true);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Every_reading_of_offset_gives_each_job_once_and_in_order(Reading reading, int pageSize, int total, bool clamped)
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine(
            $"table-{reading}-{pageSize}-{total}-{clamped}", total, reading: reading, maxLimit: clamped ? Clamp : 1000);

        List<long> ids = await fixture.ListIdsAsync(engine.Id, new JobQuery { PageSize = pageSize });

        Assert.Equal(engine.JobIds, ids);
        int granted = clamped ? Math.Min(pageSize, Clamp) : pageSize;
        int requests = fixture.RequestsFor(engine.Id).Count;
        if (total <= granted)
        {
            // A full page is looked into: its total may be that of the page.
            Assert.Equal(total == granted ? 2 : 1, requests);
        }
        else
        {
            // A page each, and at most one more for finding out what offset means.
            Assert.InRange(requests, (total + granted - 1) / granted, ((total + granted - 1) / granted) + 1);
        }
    }

    public static TheoryData<string> Shapes() => new()
    {
        "sim-jobs250-wrapped", "sim-jobs250-wrappedok", "sim-jobs250-nested", "sim-jobs250-notasks", "sim-jobs250-nulltasks",
        "sim-jobs250-emptytotal-pages0", "sim-jobs250-emptytotal-pages1", "sim-jobs250-emptytotal-records",
        "sim-jobs250-reject0-pages1", "sim-jobs250-ascending-records", "sim-jobs250-gzip", "sim-jobs250-odd-records", "sim-jobs250-odd-pages0",
        "sim-jobs2-records", "sim-jobs3-max2-records", "sim-jobs3-max2-pages0", "sim-jobs3-max2-pages1", "sim-jobs2-max1-records",
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Unusual_answers_give_each_job_once_and_in_order(string engine)
    {
        List<long> ids = await fixture.ListIdsAsync(engine, new JobQuery { PageSize = 20 });

        Assert.Equal(fixture.Simulator.GetEngine(engine).JobIds, ids);
    }

    [Theory]
    [InlineData("moving", "pages0")]
    [InlineData("moving", "pages1")]
    [InlineData("moving", "records")]
    [InlineData("tail", "pages0")]
    [InlineData("tail", "pages1")]
    [InlineData("tail", "records")]
    public async Task A_list_that_grows_while_it_is_read_loses_and_doubles_nothing(string scenario, string reading)
    {
        foreach (int jobs in new[] { 1, 2, 9, 10, 11, 200 })
        {
            string engine = $"sim-jobs{jobs}-{scenario}-{reading}";
            long[] before = fixture.Simulator.GetEngine(engine).JobIds.ToArray();
            using CseClient client = fixture.Connect();
            using Pager<EngineJob> pager = client.ListJobs(engine, new JobQuery { PageSize = 10 });

            List<long> ids = (await SimulatorFixture.ListAllAsync(pager)).Select(job => job.Id).ToList();

            Assert.Empty(before.Except(ids));
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Equal(0, pager.Missing);
        }
    }

    [Theory]
    [InlineData("pages0")]
    [InlineData("pages1")]
    [InlineData("records")]
    public async Task A_total_larger_than_the_list_ends_and_is_reported(string reading)
    {
        string engine = $"sim-jobs60-liar-{reading}";
        using CseClient client = fixture.Connect();
        using Pager<EngineJob> pager = client.ListJobs(engine, new JobQuery { PageSize = 20 });

        List<EngineJob> jobs = await SimulatorFixture.ListAllAsync(pager);

        Assert.Equal(fixture.Simulator.GetEngine(engine).JobIds, jobs.Select(job => job.Id));
        Assert.Equal(97, pager.Total);
        Assert.Equal(37, pager.Missing);
    }

    [Fact]
    public async Task A_server_that_ignores_offset_is_asked_three_times_and_no_more()
    {
        using CseClient client = fixture.Connect();
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs60-loop", new JobQuery { PageSize = 20 });

        List<EngineJob> jobs = await SimulatorFixture.ListAllAsync(pager);

        Assert.Equal(fixture.Simulator.GetEngine("sim-jobs60-loop").JobIds.Take(20), jobs.Select(job => job.Id));
        Assert.Equal(3, fixture.RequestsFor("sim-jobs60-loop").Count);
        Assert.Equal(40, pager.Missing);
    }

    [Fact]
    public async Task Nothing_is_asked_before_the_first_page_is_wanted_and_nothing_after_the_last()
    {
        const string Engine = "sim-jobs60-pages1-max20";
        using CseClient client = fixture.Connect();
        using (Pager<EngineJob> pager = client.ListJobs(Engine))
        {
            Assert.Empty(fixture.RequestsFor(Engine));
            Assert.Equal(20, (await pager.NextAsync())!.Items.Count);
            pager.Prefetch();
        }

        Assert.Single(fixture.RequestsFor(Engine));
    }

    [Fact]
    public async Task From_the_third_request_on_one_page_is_asked_for_in_advance_and_no_more()
    {
        const string Engine = "sim-jobs400-pages0-max20";
        using CseClient client = fixture.Connect();
        using Pager<EngineJob> pager = client.ListJobs(Engine);
        await pager.NextAsync();
        pager.Prefetch();
        Assert.Single(fixture.RequestsFor(Engine));

        await pager.NextAsync();
        pager.Prefetch();
        pager.Prefetch();
        Page<EngineJob> third = (await pager.NextAsync())!;

        Assert.Equal(3, third.Number);
        Assert.Equal(3, fixture.RequestsFor(Engine).Count);
    }

    [Fact]
    public async Task Disposing_cancels_the_page_asked_for_in_advance()
    {
        const string Engine = "sim-jobs400-pages0-max20-latency300";
        var recorder = new Recorder();
        using CseClient client = fixture.Connect();
        Pager<EngineJob> pager = client.ListJobs(Engine, observer: recorder);
        await pager.NextAsync();
        await pager.NextAsync();
        pager.Prefetch();
        pager.Dispose();

        Assert.Null(await pager.NextAsync());
        Assert.InRange(fixture.RequestsFor(Engine).Count, 2, 3);
        Assert.All(recorder.Requests.Skip(2), trace => Assert.Equal("cancelled", trace.Failure));
    }

    [Fact]
    public async Task Offset_zero_refused_for_another_reason_gives_that_reason()
    {
        using CseClient client = fixture.Connect();
        using Pager<EngineJob> pager = client.ListJobs("no-such-engine");

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync());

        Assert.Equal(CseErrorReason.EngineNotFound, error.Reason);
        Assert.Single(fixture.RequestsFor("no-such-engine"));
    }

    [Fact]
    public async Task The_time_window_is_sent_as_milliseconds_and_both_bounds_are_inclusive()
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("window", 300);
        SimulatedJob newer = engine.Jobs[40];
        SimulatedJob older = engine.Jobs[80];
        var query = new JobQuery
        {
            From = DateTimeOffset.FromUnixTimeMilliseconds(older.StartTime!.Value),
            To = DateTimeOffset.FromUnixTimeMilliseconds(newer.StartTime!.Value),
        };

        List<long> ids = await fixture.ListIdsAsync("window", query);

        Assert.Equal(engine.JobIds.Skip(40).Take(41), ids);
        Assert.Equal($"offset=0&limit=100&from-time={older.StartTime}&to-time={newer.StartTime}", fixture.RequestsFor("window")[2].RawQuery);
    }

    [Fact]
    public async Task Jobs_outside_the_window_are_left_out_when_the_server_sends_them_and_so_are_jobs_without_a_start()
    {
        var jobs = new List<EngineJob> { Job(1, 1000), Job(2, 2000), Job(3, 3000), Job(4, null), Job(5, 0) };
        using Pager<EngineJob> pager = Pager(new JobQuery { From = Time(2000), To = Time(2999) }, Page(5, jobs));

        Page<EngineJob> page = (await pager.NextAsync())!;

        Assert.Equal(new long[] { 2 }, page.Items.Select(job => job.Id));
        Assert.False(page.IsExact);
        Assert.Null(await pager.NextAsync());
    }

    [Theory]
    [InlineData(2000L, null)]
    [InlineData(null, 2000L)]
    public async Task A_job_without_a_start_lies_in_no_window_that_is_open_at_one_end(long? from, long? to)
    {
        var query = new JobQuery { From = from is { } ms ? Time(ms) : null, To = to is { } end ? Time(end) : null };
        using Pager<EngineJob> pager = Pager(query, Page(3, [Job(1, 2000), Job(2, null), Job(3, -1)]));

        Assert.Equal([1L], (await pager.NextAsync())!.Items.Select(job => job.Id));
    }

    [Fact]
    public async Task Without_a_window_jobs_without_a_start_are_listed()
    {
        using Pager<EngineJob> pager = Pager(new JobQuery(), Page(1, [Job(1, null)]));

        Assert.Single((await pager.NextAsync())!.Items);
    }

    [Fact]
    public async Task Jobs_that_ended_since_then_are_kept_whenever_they_began_and_those_that_have_not_ended_are_not()
    {
        EngineJob[] jobs =
        [
            Job(1, 1000, 2000), Job(2, 1000, 1999), Job(3, 5000, 6000), Job(4, 5000), Job(5, null), Job(6, null, 3000),
            Job(7, 1000, 3000, "Executing"), Job(8, 1000, 3000, "Init"), Job(9, 1000, 3000, "PreInit"), Job(10, 1000, 3000, "Suspended"),
        ];
        using Pager<EngineJob> pager = Pager(new JobQuery { EndedAfter = Time(2000) }, Page(10, [.. jobs]));

        Page<EngineJob> page = (await pager.NextAsync())!;

        Assert.Equal([1L, 3, 6, 10], page.Items.Select(job => job.Id));
        Assert.False(page.IsExact);
    }

    [Fact]
    public async Task The_total_of_the_server_is_no_count_of_jobs_that_ended_since_then_even_if_all_of_the_page_did()
    {
        using Pager<EngineJob> pager = Pager(new JobQuery { EndedAfter = Time(2000) }, Page(100, [Job(1, 1000, 2000)]));

        Assert.False((await pager.NextAsync())!.IsExact);
    }

    [Fact]
    public async Task A_window_of_starts_and_one_of_ends_hold_together()
    {
        var query = new JobQuery { From = Time(1000), To = Time(5000), EndedAfter = Time(3000) };
        using Pager<EngineJob> pager = Pager(query, Page(4, [Job(1, 999, 4000), Job(2, 1000, 3000), Job(3, 1000, 2999), Job(4, 5001, 6000)]));

        Assert.Equal([2L], (await pager.NextAsync())!.Items.Select(job => job.Id));
    }

    [Fact]
    public async Task Of_jobs_that_ended_since_then_the_server_is_asked_for_all_pages()
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("ended", 250);
        long since = engine.Jobs[120].EndTime!.Value;

        List<long> ids = await fixture.ListIdsAsync("ended", new JobQuery { EndedAfter = DateTimeOffset.FromUnixTimeMilliseconds(since) });

        Assert.Equal(engine.Jobs.Where(job => job.EndTime >= since).Select(job => job.Id), ids);
        Assert.Equal("offset=0&limit=100", fixture.RequestsFor("ended")[0].RawQuery);
        Assert.True(fixture.RequestsFor("ended").Count >= 3);
    }

    [Fact]
    public void A_window_that_ends_before_it_begins_is_refused_before_sending()
    {
        using CseClient client = fixture.Connect();
        var query = new JobQuery { From = Time(2000), To = Time(1000) };

        ArgumentException error = Assert.Throws<ArgumentException>(() => client.ListJobs("window-refused", query));

        Assert.Contains("ends before it begins", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_page_size_out_of_range_is_refused(int pageSize) =>
        Assert.Throws<ArgumentException>(() => new JobQuery { PageSize = pageSize }.Validate());

    [Fact]
    public async Task A_total_that_is_smaller_than_the_page_does_not_end_the_list()
    {
        using Pager<EngineJob> pager = Pager(
            new JobQuery(), Page(1, [Job(9, 1), Job(8, 1)]), Page(1, [Job(7, 1), Job(6, 1)]), Page(1, []));

        List<EngineJob> jobs = await SimulatorFixture.ListAllAsync(pager);

        Assert.Equal(new long[] { 9, 8, 7, 6 }, jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task The_first_page_is_handed_on_even_when_it_is_empty()
    {
        using Pager<EngineJob> pager = Pager(new JobQuery(), Page(0, []));

        Assert.Equal(0, (await pager.NextAsync())!.Total);
        Assert.Null(await pager.NextAsync());
    }

    [Fact]
    public async Task Ids_are_handed_on_once_whatever_their_size_and_sign()
    {
        long[] ids = [0, 63, 64, 65, -1, -64, long.MaxValue, long.MinValue, 9_007_199_254_740_993];
        EngineJob[] jobs = ids.Select(id => Job(id, 1)).ToArray();
        using Pager<EngineJob> pager = Pager(new JobQuery(), Page(null, jobs), Page(null, jobs), Page(null, jobs));

        Assert.Equal(ids, (await SimulatorFixture.ListAllAsync(pager)).Select(job => job.Id));
        Assert.Equal(ids.Length, pager.Seen);
    }

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static EngineJob Job(long id, long? start, long end = 0, string status = "Finished") =>
        new() { Id = id, StartTimeMs = start ?? 0, EndTimeMs = end, StatusText = status };

    private static Client.Json.ListAnswer<EngineJob> Page(long? total, IEnumerable<EngineJob> jobs)
    {
        var page = new Client.Json.ListAnswer<EngineJob> { Total = total };
        page.Data.AddRange(jobs);
        return page;
    }

    private static Pager<EngineJob> Pager(JobQuery query, params Client.Json.ListAnswer<EngineJob>[] answers)
    {
        var queue = new Queue<Client.Json.ListAnswer<EngineJob>>(answers);
        return TestPager.Over((_, _) => Task.FromResult(queue.Dequeue()), query);
    }
}
