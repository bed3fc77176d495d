namespace CseJobs.Simulator;

/// <summary>What the <c>offset</c> of the list call counts. The specification says "Page number" and no more.</summary>
public enum OffsetReading
{
    /// <summary>Page numbers; 0 is the first page, 1 the second.</summary>
    PagesFromZero,

    /// <summary>Page numbers; 0 and 1 are both the first page, 2 is the second.</summary>
    PagesFromOne,

    /// <summary>Records to skip.</summary>
    Records,
}
