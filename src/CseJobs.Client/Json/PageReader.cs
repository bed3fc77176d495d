using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads a page of jobs: fast in the form in which servers write it, else in any form.</summary>
internal static class PageReader
{
    private static readonly FieldNames Names = FieldNames.Of<ListField>();
    private static readonly ListReader<EngineJob> AnyForm = new(JobReader.Read, "jobs");

    /// <summary>Reads the answer of the list call.</summary>
    /// <exception cref="JsonException">It is no page.</exception>
    public static ListAnswer<EngineJob> ReadAnswer(ReadOnlySpan<byte> body, TextPool texts) => TryRead(body, texts) ?? ReadAny(body, texts);

    /// <summary>Reads a page in any form.</summary>
    internal static ListAnswer<EngineJob> ReadAny(ReadOnlySpan<byte> body, TextPool texts) => AnyForm.ReadAnswer(body, texts);

    /// <summary>
    /// Reads a page in the form in which servers write it. A single job in another form, or with fields that the documents
    /// do not know, costs that job's second reading and no more.
    /// </summary>
    /// <returns>Null when the page has another form.</returns>
    [MethodImpl(Hot.Path)]
    private static ListAnswer<EngineJob>? TryRead(ReadOnlySpan<byte> body, TextPool texts)
    {
        var cursor = new CompactCursor(body, texts);
        if (!cursor.Pass((byte)'{') || Names.Find(ref cursor, (int)ListField.Total) != (int)ListField.Total || !cursor.TryNumber(out long total)
            || !cursor.Pass((byte)',') || Names.Find(ref cursor, (int)ListField.Data) != (int)ListField.Data || !cursor.Pass((byte)'['))
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
