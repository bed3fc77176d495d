using CseJobs.Client.Json;
using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

/// <summary>A caller that cancels one page has not ended the listing. The test is the server.</summary>
public sealed class CancelledListingTests
{
    private readonly List<(PageRequest Page, CancellationToken Token)> _asked = [];
    private readonly TaskCompletionSource _mayAnswer = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_whose_wait_was_cancelled_can_be_asked_for_again(bool ahead)
    {
        using Pager<EngineJob> pager = Pager();
        await pager.NextAsync();
        await pager.NextAsync();
        if (ahead)
        {
            pager.Prefetch();
        }

        using var cancel = new CancellationTokenSource();
        Task<Page<EngineJob>?> cancelled = pager.NextAsync(cancel.Token);
        Assert.Equal(3, _asked.Count);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(_asked[2].Token.IsCancellationRequested);
        _mayAnswer.SetResult();
        Assert.Equal(3, (await SimulatorFixture.ListAllAsync(pager)).Count);
        Assert.Equal(new long[] { 0, 1, 2, 2 }, _asked.Select(asked => asked.Page.Offset));
    }

    [Fact]
    public async Task Disposing_cancels_what_was_asked_for_ahead()
    {
        Pager<EngineJob> pager = Pager();
        await pager.NextAsync();
        await pager.NextAsync();
        pager.Prefetch();

        pager.Dispose();

        Assert.True(_asked[2].Token.IsCancellationRequested);
        Assert.Null(await pager.NextAsync());
    }

    // Three pages of three jobs; the third comes when the test says so.
    private Pager<EngineJob> Pager() => TestPager.Over(
        async (request, token) =>
        {
            _asked.Add((request, token));
            token.ThrowIfCancellationRequested();
            if (request.Offset == 2)
            {
                await _mayAnswer.Task.WaitAsync(token);
            }

            var page = new ListAnswer<EngineJob> { Total = 9 };
            page.Data.AddRange(Enumerable.Range(0, 3).Select(i => new EngineJob { Id = 1000 - (request.Offset * 3) - i }));
            return page;
        },
        new JobQuery { PageSize = 3 });
}
