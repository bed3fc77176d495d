using System.Collections.Concurrent;
using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>
/// A listing of 60 jobs in three pages under every fault: it delivers each job once, or ends with an error that says why and how
/// far it came. No test waits: waits are only recorded. The outcome is written to out/fault-matrix.txt as a table.
/// </summary>
public sealed class FaultMatrixTests : IClassFixture<FaultMatrixTests.Matrix>
{
    private readonly Matrix _matrix;

    public FaultMatrixTests(Matrix matrix) => _matrix = matrix;

    public static TheoryData<string> Cases() => new(FaultCase.All.Select(fault => fault.Scenario));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_listing_delivers_every_job_once_or_says_why_not(string scenario)
    {
        FaultCase fault = FaultCase.All.Single(candidate => candidate.Scenario == scenario);
        using CseClient client = _matrix.Connect(fault.WaitsForTimeout ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(60));
        var recorder = new Recorder();
        using Pager<EngineJob> pager = client.ListJobs(fault.Engine, observer: recorder);
        var ids = new List<long>();
        CseApiException? error = null;
        try
        {
            while (await pager.NextAsync() is { } page)
            {
                ids.AddRange(page.Items.Select(job => job.Id));
            }
        }
        catch (CseApiException e)
        {
            error = e;
        }

        int made = recorder.Requests.Count;
        _matrix.Add(scenario, error is null ? "all jobs" : error.Listing is null ? "failed" : "interrupted", ids.Count, made, error?.Reason.ToString() ?? "-");

        Assert.Equal(fault.Reason, error?.Reason);
        Assert.Equal(_matrix.Simulator.GetEngine(fault.Engine).JobIds.Take(fault.Delivered), ids);
        Assert.Equal(fault.Requests, made);
        Assert.Equal(fault.Delivered is > 0 and < FaultCase.Jobs, error?.Listing is not null);
        Assert.DoesNotContain("   at ", error?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_breaks_says_how_far_it_came_and_goes_on_when_asked_again()
    {
        const string Engine = "sim-jobs60-max20-pages0-failfrom3";
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        using Pager<EngineJob> pager = client.ListJobs(Engine + "-idbreaks");
        await pager.NextAsync();
        Page<EngineJob> second = (await pager.NextAsync())!;

        ListingPosition position = (await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync())).Listing!;

        Assert.Equal((40, 2, second.Items[^1].Id), (position.Received, position.Offset, position.LastId));
    }

    [Fact]
    public async Task A_server_that_refuses_offset_0_for_good_is_asked_for_1_as_often_as_for_any_page()
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        var recorder = new Recorder();
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs5-pages1-reject0-failonce2", observer: recorder);

        Assert.Equal(5, (await pager.NextAsync())!.Items.Count);
        Assert.Equal(new[] { "offset=0", "offset=1", "offset=1" }, recorder.Requests.Select(request => request.PathAndQuery.Split('?', '&')[1]));
    }

    [Fact]
    public async Task What_the_server_asks_to_wait_is_waited_and_announced()
    {
        var clock = new TestClock();
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60), clock: clock);
        var recorder = new Recorder();
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs5-throttled2-retryafter8", observer: recorder);
        await pager.NextAsync();

        Assert.Equal(new[] { "throttled, retry 1 of 4 in 8 s", "throttled, retry 2 of 4 in 8 s" }, recorder.Waits.Select(wait => wait.ToString()));
        Assert.Equal([TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8)], clock.Pauses);
    }

    [Fact]
    public async Task A_wait_that_the_call_has_no_time_for_is_not_begun()
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60), operation: TimeSpan.FromSeconds(20));
        var recorder = new Recorder();
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs5-throttled2-retryafter60", observer: recorder);

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
    [InlineData("utf7", " é 升级")]
    [InlineData("badcharset", " é 升级")]
    [InlineData("wrongcharset", " é 升级")]
    [InlineData("latin1", " é")]
    public async Task Text_arrives_whatever_charset_is_declared(string scenario, string ending)
    {
        using CseClient client = _matrix.Connect(TimeSpan.FromSeconds(60));
        using Pager<EngineJob> pager = client.ListJobs($"sim-jobs5-{scenario}");

        Assert.All((await pager.NextAsync())!.Items, job => Assert.EndsWith(ending, job.Description, StringComparison.Ordinal));
    }

    /// <summary>The simulator, clients that do not wait, and the table.</summary>
    public sealed class Matrix : IAsyncLifetime
    {
        private readonly ConcurrentBag<string> _rows = [];

        internal CseSimulator Simulator { get; private set; } = null!;

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

        internal CseClient Connect(TimeSpan timeout, TimeSpan? operation = null, TestClock? clock = null) => new(
            new CseClientOptions
            {
                Endpoint = Simulator.BaseAddress,
                ProjectId = Simulator.ProjectId,
                Timeout = timeout,
                OperationTimeout = operation ?? TimeSpan.FromMinutes(5),
                TimeProvider = clock ?? new TestClock(),
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
