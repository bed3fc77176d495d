namespace CseJobs.Client.Paging;

/// <summary>What the server means by <c>offset</c>. The documents say "page number", clients of the sibling call count records.</summary>
internal enum OffsetMeaning
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>A page number; 0 and 1 are both the first page, or 0 is refused.</summary>
    PagesFromOne,

    /// <summary>A page number; 0 is the first page.</summary>
    PagesFromZero,

    /// <summary>The number of records to skip.</summary>
    Records,
}

/// <summary>
/// Finds out what <c>offset</c> means by comparing the answers to offset 0 and offset 1: the same page is a page number from
/// one, a page moved on by a single record is a record offset, another page is a page number from zero.
/// </summary>
internal sealed class OffsetDetector<T>(Func<T, T, bool> areSame)
{
    private List<T>? _first;
    private List<T>? _second;

    public OffsetMeaning Meaning { get; set; }

    /// <summary>Whether both pages are there and not compared yet: the list has changed between them, and the first has to be asked for again.</summary>
    public bool HasBoth => _second is not null;

    /// <summary>Takes the page at offset 0, and then the one at offset 1; true when both are there.</summary>
    public bool Add(List<T> page)
    {
        _second = _first is null ? null : page;
        _first ??= page;
        return _second is not null;
    }

    /// <summary>Whether new items have come to the head of the list, which moves every page; at its tail they move none.</summary>
    public bool HasNewHead(List<T> again) => again.Count > 0 && !areSame(again[0], _first![0]);

    /// <summary>Compares the two pages and forgets them.</summary>
    /// <param name="newAtHead">Items that appeared at the head of the list between the two answers.</param>
    /// <returns>The offset of the page behind the second.</returns>
    public long Decide(long newAtHead)
    {
        int count = _second!.Count;
        Meaning = Compare(_first!, _second, newAtHead);
        _first = _second = null;
        return Next(1, count);
    }

    /// <summary>
    /// The offset of the page behind another. By what came, not by what was asked for or was new: the server may clamp the limit,
    /// and when items appear at the head of the list, pages overlap.
    /// </summary>
    public long Next(long offset, int count) => offset + (Meaning == OffsetMeaning.Records ? count : 1);

    private OffsetMeaning Compare(List<T> first, List<T> second, long newAtHead)
    {
        int behind = first.FindIndex(item => areSame(item, second[0]));
        int before = second.FindIndex(item => areSame(item, first[0]));
        if (behind < 0 && before < 0)
        {
            // Nothing in common. With pages of one item, page numbers from zero and record offsets are the same thing.
            return OffsetMeaning.PagesFromZero;
        }

        // Where the second page begins, counted in records of the list as it was for the first.
        long start = (behind >= 0 ? behind : -before) + newAtHead;
        return start <= 0 ? OffsetMeaning.PagesFromOne : start < first.Count ? OffsetMeaning.Records : OffsetMeaning.PagesFromZero;
    }
}
