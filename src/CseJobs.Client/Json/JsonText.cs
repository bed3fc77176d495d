using System.Buffers;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Text;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads text. Tolerates what the API's documents leave open: numbers and booleans become their text, and an object or
/// array (a context or output that is not wrapped in a string) its JSON. Control characters are made visible.
/// </summary>
internal static class JsonText
{
    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return SafeText.Clean(ReadString(ref reader));
            default:
                using (JsonDocument document = JsonDocument.ParseValue(ref reader))
                {
                    return SafeText.Clean(document.RootElement.GetRawText());
                }
        }
    }

    /// <summary>A string or name that is not valid UTF-8 or holds half a surrogate pair loses that character, not the whole page.</summary>
    public static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (System.InvalidOperationException)
        {
            return LenientString(ref reader);
        }
    }

    private static string LenientString(ref Utf8JsonReader reader)
    {
        byte[] raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray();
        string text = Encoding.UTF8.GetString(raw);
        return reader.ValueIsEscaped ? JsonUnescape.Unescape(text) : text;
    }
}
