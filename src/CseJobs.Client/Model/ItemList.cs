using System.Collections.ObjectModel;

namespace CseJobs.Client.Model;

/// <summary>A list that reads as its items, so that a cell of Export-Csv holds names and not the name of a .NET type.</summary>
/// <typeparam name="T">Kind of item.</typeparam>
internal sealed class ItemList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    public static new ItemList<T> Empty { get; } = new([]);

    public override string ToString() => string.Join("; ", this);
}

/// <summary>Fields by name, in any case, that read as their content for the same reason.</summary>
internal sealed class FieldMap() : ReadOnlyDictionary<string, object?>(new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase))
{
    public static FieldMap None { get; } = new();

    public override string ToString() => string.Join("; ", this.Select(field => $"{field.Key}={field.Value}"));

    /// <summary>For the reader of JSON only.</summary>
    internal void Set(string name, object? value) => Dictionary[name] = value;
}
