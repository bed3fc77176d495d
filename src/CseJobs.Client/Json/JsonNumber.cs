using System.Globalization;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads whole numbers the way the documents and other clients leave open: as a number, as digits in a string, as true or
/// false (<c>timeout</c> is described as "whether it times out"), as null or an empty string (0, which the model reads as absent).
/// </summary>
internal static class JsonNumber
{
    public static long Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long value) ? value : FromOddNumber(ref reader);
            case JsonTokenType.Null:
            case JsonTokenType.False:
                return 0;
            case JsonTokenType.True:
                return 1;
            case JsonTokenType.String:
                string text = JsonText.ReadString(ref reader).Trim();
                return text.Length == 0 ? 0 : FromText(text);
            default:
                throw JsonError.At(ref reader, "A number was expected");
        }
    }

    /// <summary>
    /// Reads a job id: a number or its digits in a string. Stricter than other numbers, because an id that is rounded or
    /// defaulted names another job.
    /// </summary>
    public static long ReadId(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long id) => id,
        JsonTokenType.String => FromText(JsonText.ReadString(ref reader)),
        _ => throw JsonError.At(ref reader, "A job id was expected"),
    };

    /// <summary>Reads the API's 0/1 flags; true, false and their texts are taken too.</summary>
    public static bool ReadFlag(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && bool.TryParse(JsonText.ReadString(ref reader), out bool flag)
            ? flag
            : Read(ref reader) != 0;

    private static long FromText(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new JsonException("A number was expected.");

    private static long FromOddNumber(ref Utf8JsonReader reader)
    {
        // 1.636540095901E12 is a legal way to write an integer; a fraction of a millisecond is dropped.
        if (reader.TryGetDouble(out double number) && number is > -9.2e18 and < 9.2e18)
        {
            return (long)number;
        }

        throw JsonError.At(ref reader, "The number is out of range");
    }
}
