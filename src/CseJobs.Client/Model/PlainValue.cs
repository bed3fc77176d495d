using System;
using System.Collections.Generic;
using System.Linq;
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
            : new FieldMap(data.ToDictionary(
                field => SafeText.Clean(field.Key), field => From(field.Value), StringComparer.OrdinalIgnoreCase));

    /// <param name="element">An object; anything else, and no element at all, counts as an empty one.</param>
    public static IReadOnlyDictionary<string, object?> FromObject(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? new FieldMap(Fields(element)) : FieldMap.None;

    private static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => SafeText.Clean(JsonNames.TextOf(element)),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(From).ToArray(),
        JsonValueKind.Object => Fields(element),
        _ => null,
    };

    private static NestedFields Fields(JsonElement element)
    {
        var fields = new NestedFields();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            // A repeated key: the last one wins, as in the rest of the model.
            fields[SafeText.Clean(JsonNames.NameOf(property))] = From(property.Value);
        }

        return fields;
    }
}
