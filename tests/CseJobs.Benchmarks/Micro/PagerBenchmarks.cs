using BenchmarkDotNet.Attributes;
using CseJobs.Client.Json;
using CseJobs.Client.Paging;

namespace CseJobs.Benchmarks;

/// <summary>100 pages of 1,000 jobs that are there at once: what finding the next page and dropping doubles cost.</summary>
[MemoryDiagnoser]
public class PagerBenchmarks
{
    private const int Pages = 100;

    private readonly ListAnswer<EngineJob>[] _pages = Enumerable.Range(0, Pages + 1)
        .Select(page => JobReader.ReadPage(
            SamplePage.Create(firstId: page * SamplePage.Jobs, jobs: page < Pages ? SamplePage.Jobs : 0, total: Pages * SamplePage.Jobs), new TextPool()))
        .ToArray();

    [Benchmark(Description = "100,000 jobs through the pager")]
    public async Task<long> Walk()
    {
        using var pager = Pager<EngineJob>.Over(
            (page, _) => Task.FromResult(_pages[page.Offset < Pages ? page.Offset : Pages]), SamplePage.Jobs, new ListReading(), job => job.Id, new SeenIds().Add);
        while (await pager.NextAsync().ConfigureAwait(false) is not null)
        {
        }

        return pager.Seen;
    }
}
