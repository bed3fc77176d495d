using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads whole numbers the way the documents and other clients leave open: as a number, as digits in a string, as true or
/// false (<c>timeout</c> is described as "whether it times out"), as null or an empty string (0, which the model reads as absent).
/// </summary>
internal sealed class NumberConverter : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return FromNumber(ref reader);
            case JsonTokenType.Null:
            case JsonTokenType.False:
                return 0;
            case JsonTokenType.True:
                return 1;
            case JsonTokenType.String:
                string text = TextConverter.ReadString(ref reader).Trim();
                return text.Length == 0 ? 0 : FromText(text);
            default:
                throw new JsonException("A number was expected.");
        }
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    internal static long FromText(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new JsonException("A number was expected.");

    private static long FromNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out long value))
        {
            return value;
        }

        // 1.636540095901E12 is a legal way to write an integer; a fraction of a millisecond is dropped.
        if (reader.TryGetDouble(out double number) && number is > -9.2e18 and < 9.2e18)
        {
            return (long)number;
        }

        throw new JsonException("A number was out of range.");
    }
}
