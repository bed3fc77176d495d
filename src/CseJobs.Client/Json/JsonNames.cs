using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Names and texts of parsed JSON, also where they hold half a surrogate pair, which the library refuses.</summary>
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
            string raw = property.ToString();
            return JsonUnescape.Unescape(raw.Substring(1, Math.Max(0, raw.IndexOf("\":", StringComparison.Ordinal) - 1)));
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
            return JsonUnescape.Unescape(text.GetRawText().Trim('"'));
        }
    }
}
