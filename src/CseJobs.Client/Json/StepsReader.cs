using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Model;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads a job's <c>tasks</c>. The documents show phases in details and flat sub-jobs in the list; what servers really send in
/// the list is not known, so each element is judged by its own fields.
/// </summary>
internal static class StepsReader
{
    private static readonly FieldNames TellingNames = FieldNames.Of<TellingField>();

    // A phase has no such field.
    private static readonly byte[] SubJob = Encoding.UTF8.GetBytes("{\"jobId\":");

    // Either sub-jobs have them or phases.
    private enum TellingField
    {
        JobId,
        TaskOrder,
        TaskNames,
        Tasks,
    }

    /// <param name="reader">Stands at the value; afterwards at its end.</param>
    /// <param name="texts">Texts read before.</param>
    /// <param name="job">Gets the phases and sub-jobs.</param>
    public static void Read(ref Utf8JsonReader reader, TextPool texts, EngineJob job)
    {
        job.PhaseList = null;
        job.TaskList = null;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw JsonError.At(ref reader, "An array of sub-jobs or phases was expected");
        }

        List<JobPhase>? phases = null;
        List<JobTask>? tasks = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Null:
                    break;
                case JsonTokenType.StartObject when IsPhase(reader):
                    (phases ??= new List<JobPhase>()).Add(PhaseReader.Read(ref reader, texts));
                    break;
                default:
                    (tasks ??= new List<JobTask>(1)).Add(TaskReader.Read(ref reader, texts));
                    break;
            }
        }

        job.PhaseList = phases is null ? null : new ItemList<JobPhase>(phases);
        job.TaskList = phases is null ? ExecutionOrder.Sorted(tasks) : ExecutionOrder.Flat(phases, tasks);
    }

    /// <summary>The same in compact form, for sub-jobs outside of phases.</summary>
    /// <returns>False when the form is another one.</returns>
    [MethodImpl(Hot.Path)]
    public static bool TryRead(ref CompactCursor cursor, EngineJob job)
    {
        if (!cursor.Pass((byte)'['))
        {
            return false;
        }

        var tasks = new List<JobTask>(2);
        if (!cursor.Pass((byte)']'))
        {
            do
            {
                if (!cursor.IsAt(SubJob) || TaskReader.TryRead(ref cursor) is not { } task)
                {
                    return false;
                }

                tasks.Add(task);
            }
            while (cursor.Pass((byte)','));

            if (!cursor.Pass((byte)']'))
            {
                return false;
            }
        }

        job.TaskList = ExecutionOrder.Sorted(tasks);
        return true;
    }

    /// <param name="reader">A copy (the reader is a struct), so looking ahead costs nothing.</param>
    private static bool IsPhase(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch ((TellingField)TellingNames.Find(ref reader, 0))
            {
                case TellingField.JobId or TellingField.TaskOrder:
                    return false;
                case TellingField.TaskNames or TellingField.Tasks:
                    return true;
            }

            reader.Read();
            reader.Skip();
        }

        return false;
    }
}
