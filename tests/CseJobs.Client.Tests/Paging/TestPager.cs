using CseJobs.Client.Json;
using CseJobs.Client.Paging;

namespace CseJobs.Client.Tests.Paging;

/// <summary>Pagers over jobs that a test hands out itself.</summary>
internal static class TestPager
{
    public static Pager<EngineJob> Over(Func<PageRequest, CancellationToken, Task<ListAnswer<EngineJob>>> send, JobQuery? query = null)
    {
        query ??= new JobQuery();
        return new Pager<EngineJob>(send, query.PageSize, new SeenItems<EngineJob, long>(job => job.Id), query.Includes);
    }
}
