using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CseJobs.Client.Json;

/// <summary>Reads the API's 0/1 flags; true, false and their texts are taken too.</summary>
internal sealed class FlagConverter : JsonConverter<bool>
{
    private static readonly NumberConverter Number = new();

    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && bool.TryParse(TextConverter.ReadString(ref reader), out bool flag))
        {
            return flag;
        }

        return Number.Read(ref reader, typeof(long), options) != 0;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}
