namespace CseJobs.Client.Paging;

/// <summary>A page of a list as <see cref="Pager{T}"/> hands it on: no item that an earlier page had, none outside the query.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class Page<T>
{
    internal Page(IReadOnlyList<T> items) => Items = items;

    /// <summary>The items, in the server's order (API field <c>data</c>).</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>How many items the server says there are (API field <c>total</c>); null when it does not say.</summary>
    public long? Total { get; internal init; }

    /// <summary>Number of the request that brought the page, from 1.</summary>
    public int Number { get; internal init; }

    /// <summary>The <c>offset</c> that was asked for.</summary>
    public long Offset { get; internal init; }

    /// <summary>Different items received so far, those of this page included.</summary>
    public long Seen { get; internal init; }

    /// <summary>False when the server sent items from outside the query, or was not told all of it, so that its <see cref="Total"/> counts others too.</summary>
    public bool IsExact { get; internal init; }
}
