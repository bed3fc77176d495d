using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads the answer of calls that start a job: <c>{id,name,jobId}</c>.</summary>
internal static class StartedJob
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    private enum Field
    {
        Id,
        Name,
        JobId,

        // Resize answers in snake case.
        Job_id,
    }

    /// <returns>The job's id; null when the answer names none.</returns>
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static long? ReadAnswer(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonError.At(ref reader, "An engine and its job were expected");
        }

        long? job = null;
        bool recognised = false;
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            reader.Read();
            recognised |= field is (int)Field.Id or (int)Field.JobId or (int)Field.Job_id;
            if (field is (int)Field.JobId or (int)Field.Job_id && reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
            {
                job = JsonNumber.ReadId(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read();
        return recognised ? job : throw new JsonException("The answer names neither an engine nor a job.");
    }
}
