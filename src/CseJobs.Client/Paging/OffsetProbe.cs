namespace CseJobs.Client.Paging;

/// <summary>
/// Finds out what <c>offset</c> means by comparing the answers to offset 0 and offset 1: the same page is a page number from
/// one, a page moved on by a single record is a record offset, another page is a page number from zero.
/// </summary>
internal static class OffsetProbe
{
    /// <typeparam name="TId">What identifies an item.</typeparam>
    /// <param name="first">Ids on the page at offset 0.</param>
    /// <param name="second">Ids on the page at offset 1; not empty.</param>
    /// <param name="newAtHead">Items that appeared at the head of the list between the two answers.</param>
    public static OffsetReading Read<TId>(IReadOnlyList<TId> first, IReadOnlyList<TId> second, long newAtHead)
    {
        if (Shift(first, second) is not { } shift)
        {
            // Nothing in common. With pages of one item, page numbers from zero and record offsets are the same thing.
            return OffsetReading.PagesFromZero;
        }

        // Where the second page begins, counted in records of the list as it was for the first.
        long start = shift + newAtHead;
        if (start <= 0)
        {
            return OffsetReading.PagesFromOne;
        }

        return start < first.Count ? OffsetReading.Records : OffsetReading.PagesFromZero;
    }

    /// <summary>How many records the second page begins behind the first (negative: before it); null when they share none.</summary>
    private static long? Shift<TId>(IReadOnlyList<TId> first, IReadOnlyList<TId> second)
    {
        int behind = IndexOf(first, second[0]);
        if (behind >= 0)
        {
            return behind;
        }

        int before = IndexOf(second, first[0]);
        return before >= 0 ? -before : null;
    }

    private static int IndexOf<TId>(IReadOnlyList<TId> ids, TId id)
    {
        for (int i = 0; i < ids.Count; i++)
        {
            if (EqualityComparer<TId>.Default.Equals(ids[i], id))
            {
                return i;
            }
        }

        return -1;
    }
}
