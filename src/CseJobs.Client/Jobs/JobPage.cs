namespace CseJobs.Client.Jobs;

/// <summary>A page of jobs as the pager hands it on: none that an earlier page had, none outside the time window.</summary>
public sealed class JobPage
{
    internal JobPage(IReadOnlyList<EngineJob> jobs, long? total, int number, long offset, bool windowWasExact)
    {
        Jobs = jobs;
        Total = total;
        Number = number;
        Offset = offset;
        WindowWasExact = windowWasExact;
    }

    /// <summary>The jobs, in the server's order.</summary>
    public IReadOnlyList<EngineJob> Jobs { get; }

    /// <summary>How many jobs the server says there are (API field <c>total</c>); null when it does not say.</summary>
    public long? Total { get; }

    /// <summary>Number of the request that brought the page, from 1.</summary>
    public int Number { get; }

    /// <summary>The <c>offset</c> that was asked for.</summary>
    public long Offset { get; }

    /// <summary>False when the server sent jobs from outside the time window, so that its total counts them too.</summary>
    internal bool WindowWasExact { get; }
}
