using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads sub-jobs (API object <c>Task</c>).</summary>
internal static class TaskReader
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    // In the order of the documents.
    private enum Field
    {
        JobId,
        Id,
        Type,
        Assigned,
        TaskName,
        EngineName,
        TaskOrder,
        Status,
        StartTime,
        EndTime,
        CreateTime,
        UpdateTime,
        Timeout,
        Log,
        Output,
        TaskExecutorBrief,
    }

    /// <param name="reader">Stands at the value; afterwards at its end.</param>
    /// <param name="texts">Texts read before.</param>
    [MethodImpl(Hot.Path)]
    public static JobTask Read(ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonError.At(ref reader, "A sub-job was expected");
        }

        var task = new JobTask();
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            if (field == FieldNames.Unknown)
            {
                task.ExtensionData = UnknownFields.Add(task.ExtensionData, ref reader);
                continue;
            }

            reader.Read();
            if (field == (int)Field.TaskExecutorBrief)
            {
                task.TaskExecutorBrief = BriefReader.Read(ref reader, texts);
            }
            else if (IsText((Field)field))
            {
                Set(task, (Field)field, texts.Read(ref reader));
            }
            else
            {
                Set(task, (Field)field, JsonNumber.Read(ref reader));
            }
        }

        return task;
    }

    /// <summary>The same in compact form.</summary>
    /// <returns>Null when the form is another one.</returns>
    [MethodImpl(Hot.Path)]
    public static JobTask? TryRead(ref CompactCursor cursor)
    {
        if (!cursor.Pass((byte)'{'))
        {
            return null;
        }

        var task = new JobTask();
        int field = -1;
        do
        {
            field = Names.Find(ref cursor, field + 1);
            if (field == FieldNames.Unknown)
            {
                return null;
            }

            if (field == (int)Field.TaskExecutorBrief)
            {
                if (!BriefReader.TryRead(ref cursor, out TaskBrief? brief))
                {
                    return null;
                }

                task.TaskExecutorBrief = brief;
            }
            else if (IsText((Field)field))
            {
                if (!cursor.TryText(out string? text))
                {
                    return null;
                }

                Set(task, (Field)field, text);
            }
            else
            {
                if (!cursor.TryNumber(out long number))
                {
                    return null;
                }

                Set(task, (Field)field, number);
            }
        }
        while (cursor.Pass((byte)','));

        return cursor.Pass((byte)'}') ? task : null;
    }

    /// <summary>Reads an array of them; null for null. What is null in it is left out.</summary>
    public static List<JobTask>? ReadAll(ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw JsonError.At(ref reader, "An array of sub-jobs was expected");
        }

        var tasks = new List<JobTask>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                tasks.Add(Read(ref reader, texts));
            }
        }

        return tasks;
    }

    private static bool IsText(Field field) =>
        field is Field.Type or Field.Assigned or Field.TaskName or Field.EngineName or Field.Status or Field.Log or Field.Output;

    private static void Set(JobTask task, Field field, string? text)
    {
        switch (field)
        {
            case Field.Type: task.TypeText = text; break;
            case Field.Assigned: task.Assigned = text; break;
            case Field.TaskName: task.TaskName = text; break;
            case Field.EngineName: task.EngineName = text; break;
            case Field.Status: task.StatusText = text; break;
            case Field.Log: task.Log = text; break;
            case Field.Output: task.Output = text; break;
        }
    }

    private static void Set(JobTask task, Field field, long number)
    {
        switch (field)
        {
            case Field.JobId: task.JobId = number; break;
            case Field.Id: task.Id = number; break;
            case Field.TaskOrder: task.TaskOrder = number; break;
            case Field.StartTime: task.StartTimeMs = number; break;
            case Field.EndTime: task.EndTimeMs = number; break;
            case Field.CreateTime: task.CreateTimeMs = number; break;
            case Field.UpdateTime: task.UpdateTimeMs = number; break;
            case Field.Timeout: task.Timeout = number; break;
        }
    }
}
