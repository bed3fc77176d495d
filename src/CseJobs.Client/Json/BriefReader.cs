using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads the estimate of a phase or sub-job (API object <c>TaskExecutorBrief</c>).</summary>
internal static class BriefReader
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    private enum Field
    {
        Duration,
        Description,
    }

    public static TaskBrief? Read(ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonError.At(ref reader, "An estimate was expected");
        }

        var brief = new TaskBrief();
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            reader.Read();
            switch ((Field)field)
            {
                case Field.Duration: brief.DurationMs = reader.TokenType == JsonTokenType.Null ? null : JsonNumber.Read(ref reader); break;
                case Field.Description: brief.Description = texts.Read(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return brief;
    }

    /// <summary>The same in compact form.</summary>
    /// <returns>False when the form is another one.</returns>
    [MethodImpl(Hot.Path)]
    public static bool TryRead(ref CompactCursor cursor, out TaskBrief? brief)
    {
        brief = null;
        if (!cursor.Pass((byte)'{'))
        {
            return false;
        }

        long duration = 0;
        string? description = null;
        if (Names.Find(ref cursor, (int)Field.Duration) != (int)Field.Duration || !cursor.TryNumber(out duration)
            || !cursor.Pass((byte)',')
            || Names.Find(ref cursor, (int)Field.Description) != (int)Field.Description || !cursor.TryText(out description)
            || !cursor.Pass((byte)'}'))
        {
            return false;
        }

        brief = new TaskBrief { DurationMs = duration, Description = description };
        return true;
    }
}
