using CseJobs.Client.Json;
using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

/// <summary>Which page is asked for before the caller wants it. The test is the server: it says when a page arrives.</summary>
public sealed class ReadingAheadTests
{
    private readonly List<(long Offset, TaskCompletionSource<ListAnswer<EngineJob>> Answer)> _asked = [];

    [Fact]
    public async Task One_page_is_asked_for_in_advance_and_no_more_until_it_is_taken()
    {
        using Pager<EngineJob> pager = await AtThirdPageAsync(total: 100);
        pager.Prefetch();
        Task<Page<EngineJob>?> waiting = pager.NextAsync();

        Assert.Equal(3, _asked.Count);
        _asked[2].Answer.SetResult(Page(100, 20));
        Page<EngineJob> third = (await waiting)!;

        Assert.Equal((3, 2L, 30L), (third.Number, third.Offset, third.Seen));
        Assert.Equal(3, _asked.Count);
        pager.Prefetch();
        Assert.Equal(new long[] { 0, 1, 2, 3 }, _asked.Select(asked => asked.Offset));
    }

    [Fact]
    public async Task A_page_that_nobody_waits_for_has_nothing_asked_for_behind_it()
    {
        using Pager<EngineJob> pager = await AtThirdPageAsync(total: 100);

        _asked[2].Answer.SetResult(Page(100, 20));

        Assert.Equal(3, _asked.Count);
        Assert.Equal(10, (await pager.NextAsync())!.Items.Count);
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task The_last_page_has_nothing_asked_for_behind_it()
    {
        using Pager<EngineJob> pager = await AtThirdPageAsync(total: 30);
        _asked[2].Answer.SetResult(Page(30, 20));

        Assert.Equal(10, (await pager.NextAsync())!.Items.Count);
        pager.Prefetch();
        Assert.Null(await pager.NextAsync());
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task A_record_offset_moves_on_by_what_came_and_no_job_is_lost()
    {
        // The server grants four of the ten jobs asked for.
        using Pager<EngineJob> pager = Pager();
        await AnswerAsync(pager, 0, Page(100, 0));
        await AnswerAsync(pager, 1, Page(100, 1));
        pager.Prefetch();
        Assert.Equal(11, _asked[2].Offset);
        _asked[2].Answer.SetResult(Page(100, 11, count: 4));
        await pager.NextAsync();

        pager.Prefetch();

        Assert.Equal(15, _asked[3].Offset);
        _asked[3].Answer.SetResult(Page(100, 15));
        Assert.Equal(10, (await pager.NextAsync())!.Items.Count);
    }

    [Fact]
    public async Task A_page_asked_for_in_advance_that_fails_is_told_by_its_own_number_and_can_be_asked_for_again()
    {
        using Pager<EngineJob> pager = await AtThirdPageAsync(total: 100);
        _asked[2].Answer.SetException(new CseApiException(CseErrorReason.MalformedResponse, "cut"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync());

        Assert.Equal((3, 2L, 20L, 981L), (error.Listing!.Page, error.Listing.Offset, error.Listing.Received, error.Listing.LastId));
        Task<Page<EngineJob>?> again = pager.NextAsync();
        Assert.Equal(2, _asked[3].Offset);
        _asked[3].Answer.SetResult(Page(100, 20));
        Assert.Equal(30, (await again)!.Seen);
    }

    // Two pages of page numbers from zero are in, the third is asked for.
    private async Task<Pager<EngineJob>> AtThirdPageAsync(long total)
    {
        Pager<EngineJob> pager = Pager();
        await AnswerAsync(pager, 0, Page(total, 0));
        await AnswerAsync(pager, 1, Page(total, 10));
        pager.Prefetch();
        Assert.Equal(3, _asked.Count);
        return pager;
    }

    private Pager<EngineJob> Pager() => TestPager.Over(
        (page, _) =>
        {
            var answer = new TaskCompletionSource<ListAnswer<EngineJob>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Add((page.Offset, answer));
            return answer.Task;
        },
        new JobQuery { PageSize = 10 });

    private async Task AnswerAsync(Pager<EngineJob> pager, int request, ListAnswer<EngineJob> page)
    {
        Task<Page<EngineJob>?> next = pager.NextAsync();
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
}
