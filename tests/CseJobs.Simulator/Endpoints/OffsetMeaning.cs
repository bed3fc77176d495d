namespace CseJobs.Simulator.Endpoints;

/// <summary>What an offset comes to, in jobs or engines alike.</summary>
internal static class OffsetMeaning
{
    /// <summary>How many records lie before the page; capped, since pages far beyond the end are all alike.</summary>
    public static long Skip(OffsetReading reading, long offset, int limit)
    {
        long pages = reading switch
        {
            OffsetReading.PagesFromZero => offset,
            OffsetReading.PagesFromOne => Math.Max(0, offset - 1),
            _ => 0,
        };
        long skip = reading == OffsetReading.Records ? offset : Math.Min(pages, int.MaxValue) * limit;
        return Math.Min(skip, int.MaxValue);
    }
}
