using System.Text.Json;
using CseJobs.Client.Json;
using CseJobs.Client.Text;

namespace CseJobs.Client.Model;

/// <summary>Turns unknown JSON fields into values that a shell can show, filter and serialise: no JSON library type leaves the client.</summary>
internal static class PlainValue
{
    public static IReadOnlyDictionary<string, object?> FromExtensionData(Dictionary<string, JsonElement>? data) =>
        data is null || data.Count == 0
            ? FieldMap.None
            : new FieldMap(Fields(data));

    /// <param name="element">An object; anything else, and no element at all, counts as an empty one.</param>
    public static IReadOnlyDictionary<string, object?> FromObject(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? new FieldMap(Fields(MembersOf(element))) : FieldMap.None;

    private static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => SafeText.Clean(JsonNames.TextOf(element)),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : Fraction(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(From).ToArray(),
        JsonValueKind.Object => Fields(MembersOf(element)),
        _ => null,
    };

    // What no number here can hold keeps its digits. .NET Framework refuses to read it, later ones make it infinite.
    private static object Fraction(JsonElement element) =>
        element.TryGetDouble(out double number) && !double.IsInfinity(number) ? number : element.GetRawText();

    private static IEnumerable<KeyValuePair<string, JsonElement>> MembersOf(JsonElement element) =>
        element.EnumerateObject().Select(property => new KeyValuePair<string, JsonElement>(JsonNames.NameOf(property), property.Value));

    private static NestedFields Fields(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        var fields = new NestedFields();
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            // A repeated key, be it in another case: the last one wins, as in the rest of the model.
            fields[SafeText.Clean(member.Key)] = From(member.Value);
        }

        return fields;
    }
}
