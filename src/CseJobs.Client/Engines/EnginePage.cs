namespace CseJobs.Client.Engines;

/// <summary>A page of engines as the pager hands it on: none that an earlier page had.</summary>
public sealed class EnginePage
{
    internal EnginePage(IReadOnlyList<Engine> engines, long? total, int number, long offset)
    {
        Engines = engines;
        Total = total;
        Number = number;
        Offset = offset;
    }

    /// <summary>The engines, in the server's order.</summary>
    public IReadOnlyList<Engine> Engines { get; }

    /// <summary>How many engines the server says there are (API field <c>total</c>); null when it does not say.</summary>
    public long? Total { get; }

    /// <summary>Number of the request that brought the page, from 1.</summary>
    public int Number { get; }

    /// <summary>The <c>offset</c> that was asked for.</summary>
    public long Offset { get; }
}
