namespace CseJobs.Client.Paging;

/// <summary>A page as <see cref="ListPager{TItem, TId}"/> hands it on: no item that an earlier page had, none that is not wanted.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, in the server's order.</param>
/// <param name="Total">How many there are, as the server says; null when it does not say.</param>
/// <param name="Number">Number of the request that brought the page, from 1.</param>
/// <param name="Offset">The <c>offset</c> that was asked for.</param>
/// <param name="AllWanted">False when the server sent new items that are not wanted.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, long? Total, int Number, long Offset, bool AllWanted);
