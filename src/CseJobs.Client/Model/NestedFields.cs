namespace CseJobs.Client.Model;

/// <summary>Fields within a field, which read as their content like <see cref="FieldMap"/>.</summary>
internal sealed class NestedFields() : Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
{
    public override string ToString() => string.Join("; ", this.Select(field => $"{field.Key}={field.Value}"));
}
