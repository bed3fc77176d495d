using System;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads a page of the list in each of the three shapes that the documents give: <c>{total,data}</c> (their example),
/// <c>[{total,data}]</c> and <c>{"OK":[{total,data}]}</c> (their table).
/// </summary>
internal static class PageReader
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    private enum Field
    {
        Total,
        Data,
        OK,
    }

    /// <summary>Reads the answer of the list call.</summary>
    /// <exception cref="JsonException">It is no page.</exception>
    public static ListAnswer<EngineJob> ReadAnswer(ReadOnlySpan<byte> body, TextPool texts) => TryRead(body, texts) ?? ReadAny(body, texts);

    /// <summary>Reads a page in any form.</summary>
    internal static ListAnswer<EngineJob> ReadAny(ReadOnlySpan<byte> body, TextPool texts)
    {
        var reader = new Utf8JsonReader(body);
        var page = new ListAnswer<EngineJob>();
        reader.Read();
        bool recognised = ReadShape(ref reader, page, texts);
        reader.Read();
        return recognised ? page : throw new JsonException("The answer has neither 'total' nor 'data': it is not a list of jobs.");
    }

    private static bool ReadShape(ref Utf8JsonReader reader, ListAnswer<EngineJob> page, TextPool texts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, page, texts);
            case JsonTokenType.StartArray:
                bool recognised = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    recognised &= ReadShape(ref reader, page, texts);
                }

                return recognised;
            default:
                throw JsonError.At(ref reader, "A list of jobs was expected");
        }
    }

    private static bool ReadObject(ref Utf8JsonReader reader, ListAnswer<EngineJob> page, TextPool texts)
    {
        bool recognised = false;
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            reader.Read();
            switch ((Field)field)
            {
                case Field.Total:
                    recognised = true;
                    page.Total = reader.TokenType == JsonTokenType.Null ? page.Total : JsonNumber.Read(ref reader);
                    break;
                case Field.Data:
                    recognised = true;
                    ReadJobs(ref reader, page, texts);
                    break;
                case Field.OK:
                    recognised |= ReadShape(ref reader, page, texts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return recognised;
    }

    private static void ReadJobs(ref Utf8JsonReader reader, ListAnswer<EngineJob> page, TextPool texts)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw JsonError.At(ref reader, "An array of jobs was expected");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                page.Data.Add(JobReader.Read(ref reader, texts));
            }
        }
    }

    /// <summary>
    /// Reads a page in the form in which servers write it. A single job in another form, or with fields that the documents
    /// do not know, costs that job's second reading and no more.
    /// </summary>
    /// <returns>Null when the page has another form.</returns>
    [MethodImpl(Hot.Path)]
    private static ListAnswer<EngineJob>? TryRead(ReadOnlySpan<byte> body, TextPool texts)
    {
        var cursor = new CompactCursor(body, texts);
        if (!cursor.Pass((byte)'{') || Names.Find(ref cursor, (int)Field.Total) != (int)Field.Total || !cursor.TryNumber(out long total)
            || !cursor.Pass((byte)',') || Names.Find(ref cursor, (int)Field.Data) != (int)Field.Data || !cursor.Pass((byte)'['))
        {
            return null;
        }

        var page = new ListAnswer<EngineJob> { Total = total };
        if (!cursor.Pass((byte)']'))
        {
            do
            {
                if (!cursor.IsAt((byte)'{'))
                {
                    return null;
                }

                page.Data.Add(ReadJob(ref cursor));
            }
            while (cursor.Pass((byte)','));

            if (!cursor.Pass((byte)']'))
            {
                return null;
            }
        }

        return cursor.Pass((byte)'}') && cursor.IsAtEnd ? page : null;
    }

    [MethodImpl(Hot.Path)]
    private static EngineJob ReadJob(ref CompactCursor cursor)
    {
        int start = cursor.Position;
        return JobReader.TryRead(ref cursor) ?? ReadAnyJob(ref cursor, start);
    }

    private static EngineJob ReadAnyJob(ref CompactCursor cursor, int start)
    {
        cursor.Position = start;
        var reader = new Utf8JsonReader(cursor.Rest);
        reader.Read();
        EngineJob job = JobReader.Read(ref reader, cursor.Texts);
        cursor.Position = start + (int)reader.BytesConsumed;
        return job;
    }
}
