using System.Collections.ObjectModel;

namespace CseJobs.Client.Model;

/// <summary>Fields by name that read as their content, for the same reason as <see cref="ItemList{T}"/>.</summary>
internal sealed class FieldMap(IDictionary<string, object?> fields) : ReadOnlyDictionary<string, object?>(fields)
{
    public static FieldMap None { get; } = new(new Dictionary<string, object?>());

    public override string ToString() => string.Join("; ", this.Select(field => $"{field.Key}={field.Value}"));
}
