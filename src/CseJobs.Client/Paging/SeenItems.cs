namespace CseJobs.Client.Paging;

/// <summary>The items that a listing has received, told apart by their ids.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal abstract class SeenItems<T>
{
    /// <summary>Different items so far.</summary>
    public abstract long Count { get; }

    /// <summary>The last item that was new.</summary>
    public T? Last { get; private protected set; }

    /// <returns>True when the item was not received before.</returns>
    public abstract bool Add(T item);

    public abstract bool AreSame(T one, T other);
}

/// <summary>The same for ids of one type; a pager need not know which.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <typeparam name="TId">Type of its id.</typeparam>
/// <param name="idOf">Gives an item's id.</param>
internal sealed class SeenItems<T, TId>(Func<T, TId> idOf) : SeenItems<T>
{
    private readonly HashSet<TId> _ids = [];

    public override long Count => _ids.Count;

    public override bool Add(T item)
    {
        bool isNew = _ids.Add(idOf(item));
        Last = isNew ? item : Last;
        return isNew;
    }

    public override bool AreSame(T one, T other) => EqualityComparer<TId>.Default.Equals(idOf(one), idOf(other));
}
