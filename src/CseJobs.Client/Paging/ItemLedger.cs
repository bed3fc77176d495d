using CseJobs.Client.Jobs;

namespace CseJobs.Client.Paging;

/// <summary>
/// What a pager knows of the items it has received: which it has had before, and which are wanted. One call for each item, so
/// that a listing of jobs is as fast as if the pager knew of nothing else.
/// </summary>
/// <typeparam name="TItem">What is listed.</typeparam>
/// <typeparam name="TId">What identifies it.</typeparam>
internal abstract class ItemLedger<TItem, TId>
{
    /// <summary>Different items received so far.</summary>
    public abstract long Count { get; }

    public abstract TId IdOf(TItem item);

    /// <returns>True when the item was not received before.</returns>
    public abstract bool Add(TItem item);

    /// <summary>Whether an item is wanted; the server may send others.</summary>
    public virtual bool Includes(TItem item) => true;

    /// <summary>How far the listing has come.</summary>
    /// <param name="page">Number of the request under way, from 1.</param>
    /// <param name="offset">The offset that it asks for.</param>
    public abstract ListingPosition Position(int page, long offset);
}
