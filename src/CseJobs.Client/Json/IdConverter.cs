using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads a job id: a number or its digits in a string. Stricter than <see cref="NumberConverter"/>, because an id that is
/// rounded or defaulted names another job.
/// </summary>
internal sealed class IdConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long id) => id,
        JsonTokenType.String => NumberConverter.FromText(TextConverter.ReadString(ref reader)),
        _ => throw new JsonException("A job id was expected."),
    };

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
