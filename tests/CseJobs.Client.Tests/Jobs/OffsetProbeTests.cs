using CseJobs.Client.Jobs;
using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Jobs;

public sealed class OffsetProbeTests
{
    // The first page holds jobs 20 down to 11; what offset 1 answers, and how many jobs came to the head meanwhile.
    [Theory]
    [InlineData(20, 0, OffsetReading.PagesFromOne)]
    [InlineData(19, 0, OffsetReading.Records)]
    [InlineData(10, 0, OffsetReading.PagesFromZero)]
    [InlineData(21, 1, OffsetReading.PagesFromOne)]
    [InlineData(20, 1, OffsetReading.Records)]
    [InlineData(11, 1, OffsetReading.PagesFromZero)]
    [InlineData(23, 3, OffsetReading.PagesFromOne)]
    [InlineData(22, 3, OffsetReading.Records)]
    [InlineData(13, 3, OffsetReading.PagesFromZero)]
    public void The_reading_shows_in_where_the_second_page_begins(int secondBegins, int newAtHead, object expected)
    {
        long[] first = Enumerable.Range(0, 10).Select(i => 20L - i).ToArray();
        long[] second = Enumerable.Range(0, 10).Select(i => (long)secondBegins - i).ToArray();

        Assert.Equal((OffsetReading)expected, OffsetProbe.Read(first, second, newAtHead));
    }

    [Fact]
    public void Ids_are_seen_once_whatever_their_size_and_sign()
    {
        var seen = new SeenIds();
        long[] ids = { 0, 63, 64, 65, -1, -64, long.MaxValue, long.MinValue, 9_007_199_254_740_993 };

        Assert.All(ids, id => Assert.True(seen.Add(id)));
        Assert.All(ids, id => Assert.False(seen.Add(id)));
        Assert.Equal(ids.Length, seen.Count);
    }
}
