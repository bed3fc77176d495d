using System.Diagnostics.CodeAnalysis;

namespace CseJobs.Client.Paging;

/// <summary>What the server makes of <c>from-time</c> and <c>to-time</c>. The documents say "start/end time of the query date range" and no more.</summary>
internal enum WindowUse
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>Milliseconds that bound the start of jobs, both inclusive: what is sent.</summary>
    ByStart,

    /// <summary>Jobs outside come too; those within come as well.</summary>
    Ignored,

    /// <summary>Jobs within do not come, or the call is refused: the window cannot be used.</summary>
    Unusable,
}

/// <summary>What a list's <c>total</c> counts. The documents say "total number of jobs".</summary>
internal enum TotalUse
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>All items of the list.</summary>
    List,

    /// <summary>Those on the page.</summary>
    Page,
}

/// <summary>
/// What has been found out about a list call where the documents are silent. One for all engines of a kind, kept with the client:
/// what one listing has found out, the next ones know. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle: nobody asks for it.")]
internal sealed class ListReading
{
    // Below the smallest that any of these services is known to take.
    private static readonly int[] SmallerLimits = [100, 10];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _limit = int.MaxValue;

    /// <summary>What the time window does.</summary>
    public WindowUse Window { get; set; }

    /// <summary>What <c>total</c> counts.</summary>
    public TotalUse Total { get; set; }

    /// <summary>The largest <c>limit</c> to send: a larger one was refused. A server that cuts it does not refuse it.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, value);
    }

    /// <summary>The next smaller limit to try after one was refused; null when there is none.</summary>
    public static int? SmallerThan(int limit) => SmallerLimits.Where(smaller => smaller < limit).Cast<int?>().FirstOrDefault();

    /// <summary>Finds something out while nobody else does.</summary>
    public async Task FindOutAsync(Func<Task> find, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await find().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
