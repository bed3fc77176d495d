using System.Globalization;
using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

/// <summary>Lists that change from one request to the next, on a server that counts pages from zero.</summary>
public sealed class ChangingListTests
{
    [Fact]
    public async Task Pages_without_a_new_job_are_borne_three_at_a_time_while_the_list_grows()
    {
        string[] pages = [
            Page(10, 10, 9), Page(10, 8, 7),
            Page(12, 8, 7), Page(14, 8, 7), Page(16, 8, 7), Page(16, 6, 5),
            Page(18, 6, 5), Page(20, 6, 5), Page(22, 6, 5), Page(22, 4, 3), Page(22)];
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => pages[Math.Min(number, pages.Length) - 1]);
        using CseClient client = api.Connect();
        using Pager<EngineJob> pager = client.ListJobs("e", new JobQuery { PageSize = 2 });

        Assert.Equal([10, 9, 8, 7, 6, 5, 4, 3], await ReadAsync(pager));
        Assert.Equal(pages.Length, api.Targets.Count);
    }

    [Fact]
    public async Task A_list_that_only_grows_ends_with_the_fourth_page_without_a_new_job()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number == 1 ? Page(10, 10, 9) : number == 2 ? Page(10, 8, 7) : Page(10 + number, 8, 7));
        using CseClient client = api.Connect();
        using Pager<EngineJob> pager = client.ListJobs("e", new JobQuery { PageSize = 2 });

        Assert.Equal([10, 9, 8, 7], await ReadAsync(pager));
        Assert.Equal(2 + 4, api.Targets.Count);
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(4, 6)]
    public async Task Jobs_that_went_or_came_while_the_list_was_read_are_not_missed(int totalAtFirst, int totalAtLast)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number switch
        {
            1 => Page(totalAtFirst, 9, 8),
            2 => Page(totalAtFirst, 7),
            3 => Page(totalAtLast, 6),
            _ => Page(totalAtLast),
        });
        using CseClient client = api.Connect();
        using Pager<EngineJob> pager = client.ListJobs("e", new JobQuery { PageSize = 2 });

        Assert.Equal([9, 8, 7, 6], await ReadAsync(pager));
        Assert.Equal((totalAtFirst, 0), (pager.Total, pager.Missing));
    }

    [Fact]
    public async Task Nothing_is_missed_while_the_listing_goes_on()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number == 1 ? Page(5, 9, 8) : Page(5));
        using CseClient client = api.Connect();
        using Pager<EngineJob> pager = client.ListJobs("e", new JobQuery { PageSize = 2 });

        await pager.NextAsync();
        Assert.Equal(0, pager.Missing);
        Assert.Null(await pager.NextAsync());
        Assert.Equal(3, pager.Missing);
    }

    private static async Task<List<long>> ReadAsync(Pager<EngineJob> pager)
    {
        var ids = new List<long>();
        while (await pager.NextAsync() is { } page)
        {
            ids.AddRange(page.Items.Select(job => job.Id));
        }

        return ids;
    }

    private static string Page(int total, params int[] ids) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"total":{{total}},"data":[{{string.Join(',', ids.Select(id => $$"""{"id":{{id}}}"""))}}]}""");
}
