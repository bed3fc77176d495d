using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

public sealed class OffsetDetectorTests
{
    // The first page holds jobs 20 down to 11; what offset 1 answers, and how many jobs came to the head meanwhile.
    [Theory]
    [InlineData(20, 0, OffsetMeaning.PagesFromOne)]
    [InlineData(19, 0, OffsetMeaning.Records)]
    [InlineData(10, 0, OffsetMeaning.PagesFromZero)]
    [InlineData(21, 1, OffsetMeaning.PagesFromOne)]
    [InlineData(20, 1, OffsetMeaning.Records)]
    [InlineData(11, 1, OffsetMeaning.PagesFromZero)]
    [InlineData(23, 3, OffsetMeaning.PagesFromOne)]
    [InlineData(22, 3, OffsetMeaning.Records)]
    [InlineData(13, 3, OffsetMeaning.PagesFromZero)]
    public void The_meaning_shows_in_where_the_second_page_begins(int secondBegins, int newAtHead, object expected)
    {
        var detector = new OffsetDetector<long>((one, other) => one == other);
        Assert.False(detector.Add(Page(20)));
        Assert.False(detector.HasBoth);
        Assert.True(detector.Add(Page(secondBegins)));
        Assert.True(detector.HasBoth);
        Assert.Equal(newAtHead > 0, detector.HasNewHead(Page(20 + newAtHead)));

        long next = detector.Decide(newAtHead);

        Assert.Equal((OffsetMeaning)expected, detector.Meaning);
        Assert.Equal((OffsetMeaning)expected == OffsetMeaning.Records ? 11 : 2, next);
        Assert.False(detector.HasBoth);
    }

    private static List<long> Page(long begins) => Enumerable.Range(0, 10).Select(i => begins - i).ToList();
}
