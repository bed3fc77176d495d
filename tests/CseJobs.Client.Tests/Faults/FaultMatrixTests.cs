using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CseJobs.Client.Auth;
using CseJobs.Client.Jobs;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>
/// A listing of 60 jobs in three pages under every fault: it delivers each job once, or ends with an error that says why and how
/// far it came. No test waits: waits are only recorded. The outcome is written to out/fault-matrix.txt as a table.
/// </summary>
public sealed class FaultMatrixTests : IClassFixture<FaultMatrixTests.Matrix>
{
    private const int Jobs = 60;
    private const int Pages = 3;
    private const int Tries = 5;

    private readonly Matrix _matrix;

    public FaultMatrixTests(Matrix matrix) => _matrix = matrix;

    /// <summary>Scenario; why it fails (null: it does not); jobs delivered; requests made.</summary>
    public static TheoryData<string, CseErrorReason?, int, int> Cases() => new()
    {
        { "throttled2", null, Jobs, Pages + 2 },
        { "throttled2-retryafter7", null, Jobs, Pages + 2 },
        { "throttled1-retryafterdate5", null, Jobs, Pages + 1 },
        { "throttled1-retryafterbad", null, Jobs, Pages + 1 },
        { "throttled1-retryafterabsurd", CseErrorReason.Throttled, 0, 1 },
        { "throttled", CseErrorReason.Throttled, 0, Tries },
        { "flaky4082", null, Jobs, Pages + 2 },
        { "flaky5002", null, Jobs, Pages + 2 },
        { "flaky5022", null, Jobs, Pages + 2 },
        { "flaky5033", null, Jobs, Pages + 3 },
        { "flaky5042", null, Jobs, Pages + 2 },
        { "flakypages4", null, Jobs, Pages * Tries },
        { "reset2", null, Jobs, Pages + 2 },
        { "cut2", null, Jobs, Pages + 2 },
        { "cutchunked2", null, Jobs, Pages + 2 },
        { "wronglength1", null, Jobs, Pages + 1 },
        { "truncated2", null, Jobs, Pages + 2 },
        { "truncated", CseErrorReason.MalformedResponse, 0, Tries },
        { "gzip-gzipcut2", null, Jobs, Pages + 2 },
        { "slowheaders1", null, Jobs, Pages + 1 },
        { "stall1", null, Jobs, Pages + 1 },
        { "slowheaders", CseErrorReason.TimeoutReached, 0, Tries },
        { "dribble20", null, Jobs, Pages },
        { "http10close", null, Jobs, Pages },
        { "html5022", null, Jobs, Pages + 2 },
        { "html502", CseErrorReason.ServerError, 0, Tries },
        { "nocontent1", null, Jobs, Pages + 1 },
        { "nocontent", CseErrorReason.MalformedResponse, 0, Tries },
        { "emptybody", CseErrorReason.MalformedResponse, 0, Tries },
        { "notjson", CseErrorReason.MalformedResponse, 0, Tries },
        { "error200", CseErrorReason.EngineNotFound, 0, 1 },
        { "errorcode200", CseErrorReason.RequestRejected, 0, 1 },
        { "dupkeys", null, Jobs, Pages },
        { "deep", CseErrorReason.MalformedResponse, 0, Tries },
        { "huge", CseErrorReason.MalformedResponse, 0, 1 },
        { "hugeerror", CseErrorReason.ServerError, 0, 2 * Tries },
        { "gzipbomb", CseErrorReason.MalformedResponse, 0, 1 },
        { "badcharset", null, Jobs, Pages },
        { "wrongcharset", null, Jobs, Pages },
        { "utf16", null, Jobs, Pages },
        { "latin1", null, Jobs, Pages },
        { "bom", null, Jobs, Pages },
        { "badutf8", null, Jobs, Pages },
        { "redirect", CseErrorReason.RedirectRefused, 0, 1 },
        { "unauthorized", CseErrorReason.AuthenticationFailed, 0, 1 },
        { "forbidden", CseErrorReason.PermissionDenied, 0, 1 },
        { "missing401", CseErrorReason.EngineNotFound, 0, 1 },
        { "error500", CseErrorReason.ServerError, 0, 2 * Tries },
        { "failfrom3", CseErrorReason.ServerError, 40, 2 + Tries },
        { "failonce2", null, Jobs, Pages + 1 },
        { "vanish2", CseErrorReason.EngineNotFound, 20, 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_listing_delivers_every_job_once_or_says_why_not(string scenario, CseErrorReason? reason, int delivered, int requests)
    {
        string engine = $"sim-jobs{Jobs}-max20-pages0-{scenario}";
        bool waitsForTimeout = scenario.StartsWith("slow", StringComparison.Ordinal) || scenario.StartsWith("stall", StringComparison.Ordinal);
        using CseClient client = _matrix.Connect(waitsForTimeout ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(60));
        var recorder = new Recorder();
        using JobPager pager = client.ListJobs(engine, observer: recorder);
        var ids = new List<long>();
        CseApiException? error = null;
        try
        {
            while (await pager.NextAsync() is { } page)
            {
                ids.AddRange(page.Jobs.Select(job => job.Id));
            }
        }
        catch (CseApiException e)
        {
            error = e;
        }

        int made = recorder.Requests.Count;
        _matrix.Add(scenario, error is null ? "all jobs" : error.Listing is null ? "failed" : "interrupted", ids.Count, made, error?.Reason.ToString() ?? "-");

        Assert.Equal(reason, error?.Reason);
        Assert.Equal(_matrix.Simulator.GetEngine(engine).JobIds.Take(delivered), ids);
        Assert.Equal(requests, made);
        Assert.Equal(delivered is > 0 and < Jobs, error?.Listing is not null);
        Assert.DoesNotContain("   at ", error?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_breaks_says_how_far_it_came_and_goes_on_when_asked_again()
    {
        const string Engine = "sim-jobs60-max20-pages0-failfrom3";
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        using JobPager pager = client.ListJobs(Engine + "-idbreaks");
        await pager.NextAsync();
        JobPage second = (await pager.NextAsync())!;

        ListingPosition position = (await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync())).Listing!;

        Assert.Equal((40, 2, second.Jobs[^1].Id), (position.Received, position.Offset, position.LastId));
    }

    [Fact]
    public async Task What_the_server_asks_to_wait_is_waited_and_announced()
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        var recorder = new Recorder();
        using JobPager pager = client.ListJobs("sim-jobs5-throttled2-retryafter8", observer: recorder);
        await pager.NextAsync();

        Assert.Equal(new[] { "throttled, retry 1 of 4 in 8 s", "throttled, retry 2 of 4 in 8 s" }, recorder.Waits.Select(wait => wait.ToString()));
        Assert.Equal(2, _matrix.Waits.Count(wait => wait == TimeSpan.FromSeconds(8)));
    }

    [Fact]
    public async Task A_wait_that_the_call_has_no_time_for_is_not_begun()
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60), operation: TimeSpan.FromSeconds(20));
        var recorder = new Recorder();
        using JobPager pager = client.ListJobs("sim-jobs5-throttled2-retryafter60", observer: recorder);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync());

        Assert.Equal((CseErrorReason.Throttled, 0), (error.Reason, error.Retries));
        Assert.Empty(recorder.Waits);
    }

    [Fact]
    public async Task A_job_that_disappears_between_list_and_detail_is_not_found()
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        long lost = _matrix.Simulator.GetEngine("sim-jobs5-lostjob").JobIds[1];

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("sim-jobs5-lostjob", lost));

        Assert.Equal((CseErrorReason.JobNotFound, lost), (error.Reason, error.JobId));
    }

    [Theory]
    [InlineData("utf16", " é 升级")]
    [InlineData("badcharset", " é 升级")]
    [InlineData("wrongcharset", " é 升级")]
    [InlineData("latin1", " é")]
    public async Task Text_arrives_whatever_charset_is_declared(string scenario, string ending)
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        using JobPager pager = client.ListJobs($"sim-jobs5-{scenario}");

        Assert.All((await pager.NextAsync())!.Jobs, job => Assert.EndsWith(ending, job.Description, StringComparison.Ordinal));
    }

    /// <summary>The simulator, clients that do not wait, and the table.</summary>
    public sealed class Matrix : IAsyncLifetime
    {
        private readonly ConcurrentBag<string> _rows = [];

        internal CseSimulator Simulator { get; private set; } = null!;

        internal ConcurrentBag<TimeSpan> Waits { get; } = [];

        public async Task InitializeAsync() => Simulator = await CseSimulator.StartAsync();

        public async Task DisposeAsync()
        {
            await Simulator.DisposeAsync();
            string? root = RepositoryRoot();
            if (root is not null)
            {
                Directory.CreateDirectory(Path.Combine(root, "out"));
                string head = $"{"scenario",-28} {"outcome",-12} {"jobs",4} {"requests",8}  reason";
                await File.WriteAllLinesAsync(Path.Combine(root, "out", "fault-matrix.txt"), _rows.Order(StringComparer.Ordinal).Prepend(head));
            }
        }

        internal void Add(string scenario, string outcome, int jobs, int requests, string reason) =>
            _rows.Add($"{scenario,-28} {outcome,-12} {jobs,4} {requests,8}  {reason}");

        internal CseClient Connect(TimeSpan timeout, TimeSpan? operation = null) => new(
            new CseClientOptions
            {
                Endpoint = Simulator.BaseAddress,
                ProjectId = Simulator.ProjectId,
                Timeout = timeout,
                OperationTimeout = operation ?? TimeSpan.FromMinutes(5),
                Delay = (wait, _) =>
                {
                    Waits.Add(wait);
                    return Task.CompletedTask;
                },
            },
            new TokenCredential(Simulator.Token));

        private static string? RepositoryRoot()
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "CseJobs.sln")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder;
        }
    }
}
