using System.Collections.ObjectModel;

namespace CseJobs.Client.Model;

/// <summary>A list that reads as its items, so that a cell of Export-Csv holds names and not the name of a .NET type.</summary>
/// <typeparam name="T">Kind of item.</typeparam>
internal sealed class ItemList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    public static new ItemList<T> Empty { get; } = new([]);

    public override string ToString() => string.Join("; ", this);
}
