using CseJobs.Client.Json;
using CseJobs.Client.Paging;

namespace CseJobs.Client.Tests.Paging;

/// <summary>Pagers over jobs that a test hands out itself.</summary>
internal static class TestPager
{
    public static Pager<EngineJob> Over(Func<PageRequest, CancellationToken, Task<ListAnswer<EngineJob>>> send, JobQuery? query = null)
    {
        query ??= new JobQuery();
        return Pager<EngineJob>.Over(send, query.PageSize, new ListReading(), job => job.Id, new SeenIds().Add, query.Includes, () => query.EndedAfter is null);
    }
}
