using System.Text.RegularExpressions;

namespace CseJobs.Client.Json;

/// <summary>Names and texts with half a surrogate pair, which the library refuses to read: they lose that character, not the whole answer.</summary>
internal static class JsonNames
{
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // "name":value as it was written.
            return Mend(Regex.Match(property.ToString(), """^"((?:\\.|[^"\\])*)":""").Groups[1].Value);
        }
    }

    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Mend(text.GetRawText()[1..^1]);
        }
    }

    /// <summary>Unescapes the inside of a JSON string: the escapes of regular expressions include those of JSON. Encoding replaces the halves.</summary>
    public static string Mend(string json) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Regex.Unescape(json)));
}
