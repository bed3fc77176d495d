using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Keeps the fields that this version does not know.</summary>
internal static class UnknownFields
{
    /// <param name="fields">The fields so far; made when there are none.</param>
    /// <param name="reader">Stands at the name; afterwards at the end of the value.</param>
    public static Dictionary<string, JsonElement> Add(Dictionary<string, JsonElement>? fields, ref Utf8JsonReader reader)
    {
        fields ??= new Dictionary<string, JsonElement>();
        string name = JsonText.ReadString(ref reader);
        reader.Read();

        // A repeated key: the last one wins, as in the rest of the model.
        fields[name] = JsonElement.ParseValue(ref reader);
        return fields;
    }
}
