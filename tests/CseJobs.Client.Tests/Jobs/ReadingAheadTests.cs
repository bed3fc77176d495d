using CseJobs.Client.Jobs;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Jobs;

/// <summary>Which page is asked for before the one before it has been read. The test is the server: it says when a page arrives.</summary>
public sealed class ReadingAheadTests
{
    private readonly List<Asked> _asked = [];

    [Fact]
    public async Task A_page_that_is_waited_for_has_the_next_one_asked_for_as_soon_as_it_arrives()
    {
        using JobPager pager = await AtThirdPageAsync(total: 100, wantsAll: true);
        Task<JobPage?> waiting = pager.NextAsync();

        _asked[2].Arrived();

        Assert.False(waiting.IsCompleted);
        Assert.Equal(new long[] { 0, 1, 2, 3 }, Offsets);
        _asked[2].Answer.SetResult(Page(100, 20));
        Assert.Equal(3, (await waiting)!.Number);
        pager.Prefetch();
        Assert.Equal(4, _asked.Count);
        _asked[3].Answer.SetResult(Page(100, 30));
        Assert.Equal(4, (await pager.NextAsync())!.Number);
    }

    [Fact]
    public async Task A_page_that_nobody_waits_for_has_nothing_asked_for()
    {
        using JobPager pager = await AtThirdPageAsync(total: 100, wantsAll: true);

        _asked[2].Arrived();

        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task Nothing_is_asked_for_early_unless_all_is_wanted()
    {
        using JobPager pager = await AtThirdPageAsync(total: 100, wantsAll: false);
        Task<JobPage?> waiting = pager.NextAsync();

        _asked[2].Arrived();

        Assert.Equal(3, _asked.Count);
        _asked[2].Answer.SetResult(Page(100, 20));
        await waiting;
    }

    [Fact]
    public async Task The_last_page_has_nothing_asked_for_behind_it()
    {
        using JobPager pager = await AtThirdPageAsync(total: 30, wantsAll: true);
        Task<JobPage?> waiting = pager.NextAsync();

        _asked[2].Arrived();
        _asked[2].Answer.SetResult(Page(30, 20));

        Assert.Equal(10, (await waiting)!.Jobs.Count);
        Assert.Null(await pager.NextAsync());
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task A_guess_that_a_shorter_page_proves_wrong_is_dropped_and_no_job_is_lost()
    {
        // Record offsets: the offset behind a page depends on how many jobs are in it.
        using JobPager pager = Pager(wantsAll: true);
        await AnswerAsync(pager, 0, Page(100, 0));
        await AnswerAsync(pager, 1, Page(100, 1));
        pager.Prefetch();
        Task<JobPage?> waiting = pager.NextAsync();
        Assert.Equal(11, _asked[2].Offset);
        _asked[2].Arrived();
        Assert.Equal(21, _asked[3].Offset);

        _asked[2].Answer.SetResult(Page(100, 11, count: 4));
        await waiting;
        _asked[3].Answer.SetException(new InvalidOperationException("nobody may see this"));

        Task<JobPage?> next = pager.NextAsync();
        Assert.Equal(15, _asked[4].Offset);
        _asked[4].Answer.SetResult(Page(100, 15));
        Assert.Equal(10, (await next)!.Jobs.Count);
    }

    [Fact]
    public async Task A_page_that_fails_is_told_by_its_own_number_though_the_next_is_under_way()
    {
        using JobPager pager = await AtThirdPageAsync(total: 100, wantsAll: true);
        Task<JobPage?> waiting = pager.NextAsync();
        _asked[2].Arrived();

        _asked[2].Answer.SetException(new CseApiException(CseErrorReason.MalformedResponse, "cut"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => waiting);
        Assert.Equal((3, 2L, 20L), (error.Listing!.Page, error.Listing.Offset, error.Listing.Received));
    }

    private IEnumerable<long> Offsets => _asked.Select(asked => asked.Offset);

    // Two pages of page numbers from zero are in, the third is asked for.
    private async Task<JobPager> AtThirdPageAsync(long total, bool wantsAll)
    {
        JobPager pager = Pager(wantsAll);
        await AnswerAsync(pager, 0, Page(total, 0));
        await AnswerAsync(pager, 1, Page(total, 10));
        pager.Prefetch();
        Assert.Equal(3, _asked.Count);
        return pager;
    }

    private JobPager Pager(bool wantsAll) => new(
        (ask, _) =>
        {
            var asked = new Asked(ask.Offset, ask.Arrived, new TaskCompletionSource<ListAnswer<EngineJob>>(TaskCreationOptions.RunContinuationsAsynchronously));
            _asked.Add(asked);
            return asked.Answer.Task;
        },
        new JobQuery { PageSize = 10 })
    {
        WantsAll = wantsAll,
    };

    private async Task AnswerAsync(JobPager pager, int request, ListAnswer<EngineJob> page)
    {
        Task<JobPage?> next = pager.NextAsync();
        _asked[request].Answer.SetResult(page);
        await next;
    }

    // Newest first: place 0 has the largest id.
    private static ListAnswer<EngineJob> Page(long total, int first, int count = 10)
    {
        var page = new ListAnswer<EngineJob> { Total = total };
        page.Data.AddRange(Enumerable.Range(first, count).Select(place => new EngineJob { Id = 1000 - place }));
        return page;
    }

    private sealed record Asked(long Offset, Action Arrived, TaskCompletionSource<ListAnswer<EngineJob>> Answer);
}
