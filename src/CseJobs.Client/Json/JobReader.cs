using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads jobs (API object <c>Job</c>), from lists and details alike.</summary>
internal static class JobReader
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    // In the order of the documents.
    private enum Field
    {
        Id,
        EngineId,
        Type,
        Description,
        Status,
        Scheduling,
        CreateUser,
        StartTime,
        EndTime,
        Context,
        Tasks,
    }

    /// <summary>Reads the answer of the detail call.</summary>
    /// <exception cref="JsonException">It is no job.</exception>
    public static EngineJob ReadAnswer(ReadOnlySpan<byte> body, TextPool texts)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        EngineJob job = Read(ref reader, texts);
        reader.Read();
        return job;
    }

    /// <param name="reader">Stands at the value; afterwards at its end.</param>
    /// <param name="texts">Texts read before.</param>
    [MethodImpl(Hot.Path)]
    public static EngineJob Read(ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonError.At(ref reader, "A job was expected");
        }

        var job = new EngineJob();
        bool hasId = false;
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            if (field == FieldNames.Unknown)
            {
                job.ExtensionData = UnknownFields.Add(job.ExtensionData, ref reader);
                continue;
            }

            reader.Read();
            hasId |= field == (int)Field.Id;
            if (field == (int)Field.Tasks)
            {
                StepsReader.Read(ref reader, texts, job);
            }
            else if (IsText((Field)field))
            {
                Set(job, (Field)field, texts.Read(ref reader));
            }
            else
            {
                Set(job, (Field)field, ReadNumber(ref reader, (Field)field));
            }
        }

        return hasId ? job : throw new JsonException($"A job without an id (before byte {reader.TokenStartIndex}).");
    }

    /// <summary>The same in compact form, for items of a list.</summary>
    /// <returns>Null when the form is another one.</returns>
    [MethodImpl(Hot.Path)]
    public static EngineJob? TryRead(ref CompactCursor cursor)
    {
        if (!cursor.Pass((byte)'{'))
        {
            return null;
        }

        var job = new EngineJob();
        bool hasId = false;
        int field = -1;
        do
        {
            field = Names.Find(ref cursor, field + 1);
            hasId |= field == (int)Field.Id;
            if (field == FieldNames.Unknown)
            {
                return null;
            }

            if (field == (int)Field.Tasks)
            {
                if (!StepsReader.TryRead(ref cursor, job))
                {
                    return null;
                }
            }
            else if (IsText((Field)field))
            {
                if (!cursor.TryText(out string? text))
                {
                    return null;
                }

                Set(job, (Field)field, text);
            }
            else
            {
                if (!cursor.TryNumber(out long number))
                {
                    return null;
                }

                Set(job, (Field)field, number);
            }
        }
        while (cursor.Pass((byte)','));

        return cursor.Pass((byte)'}') && hasId ? job : null;
    }

    private static bool IsText(Field field) =>
        field is Field.EngineId or Field.Type or Field.Description or Field.Status or Field.CreateUser or Field.Context;

    private static long ReadNumber(ref Utf8JsonReader reader, Field field) => field switch
    {
        Field.Id => JsonNumber.ReadId(ref reader),
        Field.Scheduling => JsonNumber.ReadFlag(ref reader) ? 1 : 0,
        _ => JsonNumber.Read(ref reader),
    };

    private static void Set(EngineJob job, Field field, string? text)
    {
        switch (field)
        {
            case Field.EngineId: job.EngineId = text; break;
            case Field.Type: job.TypeText = text; break;
            case Field.Description: job.Description = text; break;
            case Field.Status: job.StatusText = text; break;
            case Field.CreateUser: job.CreateUser = text; break;
            case Field.Context: job.Context = text; break;
        }
    }

    private static void Set(EngineJob job, Field field, long number)
    {
        switch (field)
        {
            case Field.Id: job.Id = number; break;
            case Field.Scheduling: job.Scheduling = number != 0; break;
            case Field.StartTime: job.StartTimeMs = number; break;
            case Field.EndTime: job.EndTimeMs = number; break;
        }
    }
}
