using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads a page of the list in each of the three shapes that the documents give: <c>{total,data}</c> (their example),
/// <c>[{total,data}]</c> and <c>{"OK":[{total,data}]}</c> (their table).
/// </summary>
internal sealed class JobListPageConverter : JsonConverter<JobListPage>
{
    private static readonly NumberConverter Number = new();

    public override JobListPage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var page = new JobListPage();
        bool recognised = ReadShape(ref reader, page, options);
        return recognised ? page : throw new JsonException("The answer has neither 'total' nor 'data': it is not a list of jobs.");
    }

    public override void Write(Utf8JsonWriter writer, JobListPage value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Pages are read, never written.");

    private static bool ReadShape(ref Utf8JsonReader reader, JobListPage page, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, page, options);
            case JsonTokenType.StartArray:
                bool recognised = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    recognised &= ReadShape(ref reader, page, options);
                }

                return recognised;
            default:
                throw new JsonException("A list of jobs was expected.");
        }
    }

    private static bool ReadObject(ref Utf8JsonReader reader, JobListPage page, JsonSerializerOptions options)
    {
        bool recognised = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = TextConverter.ReadString(ref reader);
            reader.Read();
            if (name.Equals("total", StringComparison.OrdinalIgnoreCase))
            {
                recognised = true;
                page.Total = reader.TokenType == JsonTokenType.Null
                    ? page.Total
                    : Number.Read(ref reader, typeof(long), options);
            }
            else if (name.Equals("data", StringComparison.OrdinalIgnoreCase))
            {
                recognised = true;
                ReadJobs(ref reader, page);
            }
            else if (name.Equals("OK", StringComparison.OrdinalIgnoreCase))
            {
                recognised |= ReadShape(ref reader, page, options);
            }
            else
            {
                reader.Skip();
            }
        }

        return recognised;
    }

    private static void ReadJobs(ref Utf8JsonReader reader, JobListPage page)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An array of jobs was expected.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                page.Data.Add(JsonSerializer.Deserialize(ref reader, CseJsonContext.Default.EngineJob)!);
            }
        }
    }
}
