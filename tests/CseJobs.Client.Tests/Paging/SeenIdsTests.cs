using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

/// <summary>The ids that came before, kept as bits.</summary>
public sealed class SeenIdsTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(long.MaxValue)]
    public void Ids_are_told_apart_as_a_hash_set_does(long range)
    {
        var random = new Random(20261125);
        var expected = new HashSet<long>();
        var seen = new SeenIds();
        foreach (long id in new[] { 0, -1, 63, 64, -64, -65, long.MinValue, long.MaxValue }.Concat(Enumerable.Range(0, 5000).Select(_ => random.NextInt64(-range, range))))
            Assert.Equal(expected.Add(id), seen.Add(id));
    }
}
