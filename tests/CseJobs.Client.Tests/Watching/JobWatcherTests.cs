using System.Globalization;
using System.Net;
using CseJobs.Client.Watching;
using Xunit;

namespace CseJobs.Client.Tests.Watching;

/// <summary>The watch: each change once, in order, and at what price.</summary>
public sealed class JobWatcherTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly Recorder _recorder = new();
    private readonly List<CseApiException> _errors = [];
    private readonly VirtualFleet _fleet;

    public JobWatcherTests() => _fleet = new VirtualFleet(_clock);

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public async Task Each_change_is_told_once_and_in_order()
    {
        _fleet.Add("one", new VirtualJob(1, 30, 40, 60, 60, 60), new VirtualJob(2, 300, 300, 50, 50) { Ending = "Error", Retried = 600 });
        _fleet.Add("two", new VirtualJob(7, -500, -500, 600, 120));

        List<JobChange> changes = await WatchAsync(All(), 1200);

        Assert.Equal(
            ["1 Appeared", "1 Began", "1 Phase 2", "1 Phase 3", "1 Ended Finished", "2 Began", "2 Phase 2", "2 Ended Error", "2 Retried", "2 Ended Finished"], Of(changes, "one"));
        Assert.Equal(["7 Phase 2", "7 Ended Finished"], Of(changes, "two"));
        Assert.Equal("began, by admin", changes.First(change => change.Kind == JobChangeKind.Began).What);
        Assert.Equal("phase 2 of 3 phase2: Some (~2 min left)", changes.First(change => change.Kind == JobChangeKind.Phase && change.JobId == 1).What);
        Assert.Equal("Finished after 0:03:00", changes.First(change => change.Kind == JobChangeKind.Ended && change.JobId == 1).What);
        Assert.Equal("Error after 0:01:40: Some", changes.First(change => change.Kind == JobChangeKind.Ended && change.JobId == 2).What);
        Assert.All(changes, change => Assert.Equal(("id-" + change.EngineName, change.Job!.Id), (change.EngineId, change.JobId)));
    }

    [Fact]
    public async Task A_job_that_begins_and_ends_between_two_reads_is_told_with_both()
    {
        _fleet.Add("one", new VirtualJob(1, 31, 31, 2), new VirtualJob(2, 34, 34, 3), new VirtualJob(3, 39, 39, 200));

        List<JobChange> changes = await WatchAsync(All(), 120);

        Assert.Equal(["1 Began", "1 Ended Finished", "2 Began", "2 Ended Finished", "3 Began"], Of(changes, "one"));
    }

    [Fact]
    public async Task What_is_at_work_already_comes_first_where_that_is_wanted()
    {
        _fleet.Add("one", new VirtualJob(1, -30, -30, 60, 600), new VirtualJob(9, -900, -900, 10));
        _fleet.Add("two", new VirtualJob(2, -400_000, -400_000, 500_000));
        _fleet.Add("three", new VirtualJob(3, -5, 500, 10));

        List<JobChange> changes = await WatchAsync(All(), 20, new WatchOptions { IncludeCurrent = true });

        Assert.Equal(["1 Current", "2 Current", "3 Current"], changes.Select(Brief).Order());
        Assert.Equal("has not begun, by admin", changes.Single(change => change.JobId == 3).What);
        Assert.Equal("phase 1 of 2 phase1: Some (~10 min left)", changes.Single(change => change.JobId == 1).What);
        Assert.Empty(await WatchAsync(All(), 5));
    }

    [Fact]
    public async Task Engines_come_and_go()
    {
        _fleet.Add("old", new VirtualJob(1, -10, -10, 100)).Goes = 50;
        _fleet.Engines.Add(new VirtualEngine("id-new", "new") { Appears = 70, Jobs = [new VirtualJob(5, 70, 72, 100)] });

        List<JobChange> changes = await WatchAsync(All(), 300);

        Assert.Equal(["EngineGone old", "EngineAppeared new", "5 Appeared", "5 Began", "5 Ended Finished"], changes.Select(change => change.Job is null ? $"{change.Kind} {change.EngineName}" : Brief(change)));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData(WatchUntil.Idle, "1 Ended Error|2 Ended Finished")]
    [InlineData(WatchUntil.Failure, "1 Ended Error")]
    [InlineData(WatchUntil.Any, "2 Ended Finished")]
    public async Task A_watch_ends_by_itself(WatchUntil until, string ends)
    {
        _fleet.Add("one", new VirtualJob(1, -10, -10, 100) { Ending = "Error" });
        _fleet.Add("two", new VirtualJob(2, -10, -10, until == WatchUntil.Any ? 50 : 200));

        List<JobChange> changes = await WatchAsync(All(), null, new WatchOptions { Until = until });

        Assert.Equal(until == WatchUntil.Failure ? "1 Ended Error" : ends, string.Join('|', changes.Select(Brief)));
    }

    [Fact]
    public async Task An_idle_fleet_is_idle_at_once()
    {
        _fleet.Add("one", new VirtualJob(1, -500, -500, 100));

        Assert.Empty(await WatchAsync(All(), null, new WatchOptions { Until = WatchUntil.Idle }));
        Assert.True(_fleet.Now < 5);
    }

    [Fact]
    public async Task Jobs_alone_are_watched_until_they_end()
    {
        _fleet.Add("one", new VirtualJob(1, -10, -10, 50, 50), new VirtualJob(2, 120, 120, 10), new VirtualJob(3, -90, -90, 10));
        using CseClient client = _fleet.Connect();

        List<JobChange> changes = await WatchAsync([WatchTarget.Job(client, "id-one", 1), WatchTarget.Job(client, "id-one", 3), WatchTarget.Job(client, "id-one", 77)], null);

        Assert.Equal(["1 Phase 2", "1 Ended Finished"], changes.Select(Brief));
        Assert.Equal(CseErrorReason.JobNotFound, Assert.Single(_errors).Reason);
        Assert.DoesNotContain(_fleet.Requests, request => request.Target.StartsWith('?') || request.Target.Contains("/jobs?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_engine_is_watched_without_permission_to_list_engines()
    {
        _fleet.ListsEngines = false;
        _fleet.Add("one", new VirtualJob(1, 100, 100, 10, 40));
        using CseClient client = _fleet.Connect();

        List<JobChange> changes = await WatchAsync([WatchTarget.Engine(client, "id-one"), WatchTarget.Engine(client, "id-none")], 300);

        Assert.Equal(["1 Began", "1 Phase 2", "1 Ended Finished"], changes.Select(Brief));
        Assert.Equal((CseErrorReason.EngineNotFound, "id-none"), Assert.Single(_errors.Select(error => (error.Reason, error.EngineId))));
        Assert.Single(_recorder.Notices);
    }

    [Fact]
    public async Task A_fleet_at_rest_costs_less_than_a_hundred_requests_a_minute_and_spreads_them()
    {
        for (int i = 0; i < 100; i++)
            _fleet.Add(string.Create(CultureInfo.InvariantCulture, $"e{i}"), new VirtualJob(i + 1, -900, -900, 100));

        Assert.Empty(await WatchAsync(All(), 1800));

        // Without the first look.
        int[] minutes = [.. _fleet.Requests.Where(request => request.At >= 60).GroupBy(request => (int)(request.At / 60)).Select(minute => minute.Count())];
        Assert.InRange(minutes.Max(), 1, 100);
        Assert.InRange(minutes.Average(), 20, 70);
        int most = _fleet.Requests.Where(request => request.At >= 60).GroupBy(request => (int)(request.At / 10)).Max(part => part.Count());
        Assert.InRange(most, 1, 30);
    }

    [Fact]
    public async Task An_outage_is_warned_of_once_and_what_happened_meanwhile_is_told()
    {
        _fleet.Add("one", new VirtualJob(1, 0, 5, 20, 200));
        _fleet.Add("two", new VirtualJob(2, 65, 65, 10), new VirtualJob(3, 90, 90, 300));
        _fleet.Fault = (now, _) => now is > 60 and < 120 ? HttpStatusCode.BadGateway : null;

        List<JobChange> changes = await WatchAsync(All(), 600);

        Assert.Equal(["1 Began", "1 Phase 2", "1 Ended Finished"], Of(changes, "one").Where(text => text != "1 Appeared"));
        Assert.Equal(["2 Began", "2 Ended Finished", "3 Began", "3 Ended Finished"], Of(changes, "two"));
        Assert.Contains("could not be read (ServerError). The watch goes on", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_refusal_for_now_slows_all_down()
    {
        for (int i = 0; i < 8; i++)
            _fleet.Add(string.Create(CultureInfo.InvariantCulture, $"e{i}"), new VirtualJob(i + 1, -5, -5, 900));

        int refused = 0;
        double from = 100;
        _fleet.Fault = (now, _) => now >= from && refused++ < 1 ? HttpStatusCode.TooManyRequests : null;
        await WatchAsync(All(), 200);

        double at = _fleet.Requests.First(request => request.At >= from).At;
        Assert.True(refused > 0);
        Assert.DoesNotContain(_fleet.Requests, request => request.At > at + 1 && request.At < at + 2);
    }

    [Fact]
    public async Task A_refused_session_is_told_once_and_the_others_go_on()
    {
        _fleet.Add("one", new VirtualJob(1, 50, 50, 100));
        var other = new VirtualFleet(_clock) { Fault = (now, _) => now > 20 ? HttpStatusCode.Unauthorized : null };
        other.Add("two", new VirtualJob(2, -5, -5, 900));
        other.Add("three", new VirtualJob(3, -5, -5, 900));
        using CseClient refused = other.Connect();

        List<JobChange> changes = await WatchAsync([.. All(), WatchTarget.Engines(refused, _ => true)], 300);

        Assert.Equal(["1 Began", "1 Ended Finished"], changes.Select(Brief));
        Assert.Equal(CseErrorReason.AuthenticationFailed, Assert.Single(_errors).Reason);
        Assert.InRange(other.Requests.Count(request => request.At > 20), 1, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_hour_of_a_fleet_with_faults_is_told_as_it_was(int seed)
    {
        var random = new Random(seed);
        var record = new Dictionary<string, string[]>();
        for (int i = 0; i < 20; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"e{i}");
            var jobs = new List<VirtualJob>();
            double at = random.Next(60, 900);
            for (int number = 1; at < 2700; number++)
            {
                double[] phases = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (double)random.Next(100, 200))];
                bool fails = random.Next(3) == 0;
                var job = new VirtualJob((i * 1000) + number, at, at, phases) { Ending = fails ? "Error" : "Finished" };
                job = fails && random.Next(2) == 0 ? job with { Retried = job.Ends + random.Next(150, 300) } : job;
                jobs.Add(job);
                at = (job.Retried + phases[^1] ?? job.Ends) + random.Next(1, 900);
            }

            _fleet.Add(name, [.. jobs]);
            record[name] = [.. jobs.SelectMany(job => job.Record()).Where(entry => entry.At < 3500).Select(entry => entry.What)];
        }

        _fleet.Fault = (now, _) => now is > 1500 and < 1560 ? HttpStatusCode.BadGateway
            : random.Next(5) == 0 ? (random.Next(2) == 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.TooManyRequests) : null;

        List<JobChange> changes = await WatchAsync(All(), 3600);

        foreach ((string engine, string[] expected) in record)
        {
            string[] told = Of(changes, engine);
            Assert.Equal(expected, told.Take(expected.Length));
        }

        Assert.Empty(_errors);
        Assert.InRange(_fleet.Requests.Count, 1000, 9000);
    }

    private static string[] Of(IEnumerable<JobChange> changes, string engine) => [.. changes.Where(change => change.EngineName == engine && change.Job is not null).Select(Brief)];

    private static string Brief(JobChange change) => string.Create(CultureInfo.InvariantCulture, $"{change.JobId} {change.Kind}") + change.Kind switch
    {
        JobChangeKind.Phase => " " + change.Phase![^1..],
        JobChangeKind.Ended => " " + change.Status,
        _ => string.Empty,
    };

    private WatchTarget[] All() => [WatchTarget.Engines(_fleet.Connect(), _ => true)];

    private async Task<List<JobChange>> WatchAsync(WatchTarget[] targets, double? seconds, WatchOptions? options = null)
    {
        options = (options ?? new WatchOptions()) with { Timeout = seconds is { } limit ? TimeSpan.FromSeconds(limit) : null, OnError = (error, _) => _errors.Add(error) };
        var changes = new List<JobChange>();
        await foreach (JobChange change in new JobWatcher(targets, options, _recorder).WatchAsync())
        {
            changes.Add(change);
            Assert.True(changes.Count < 100_000, "It does not end.");
        }

        return changes;
    }
}
