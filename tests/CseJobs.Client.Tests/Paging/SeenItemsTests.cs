using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

public sealed class SeenItemsTests
{
    [Fact]
    public void Ids_are_seen_once_whatever_their_size_and_sign()
    {
        var seen = new SeenItems<EngineJob, long>(job => job.Id);
        EngineJob[] jobs = new[] { 0, 63, 64, 65, -1, -64, long.MaxValue, long.MinValue, 9_007_199_254_740_993 }.Select(id => new EngineJob { Id = id }).ToArray();

        Assert.All(jobs, job => Assert.True(seen.Add(job)));
        Assert.All(jobs, job => Assert.False(seen.Add(job)));
        Assert.Equal(jobs.Length, seen.Count);
        Assert.Same(jobs[^1], seen.Last);
    }
}
