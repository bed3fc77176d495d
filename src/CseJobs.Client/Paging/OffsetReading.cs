namespace CseJobs.Client.Paging;

/// <summary>What the server means by <c>offset</c>. The documents say "page number", clients of the sibling call count records.</summary>
internal enum OffsetReading
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
