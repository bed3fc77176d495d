using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads phases (API object <c>TaskSteps</c>).</summary>
internal static class PhaseReader
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    // In the order of the documents.
    private enum Field
    {
        TaskName,
        TaskNames,
        Status,
        StartTime,
        EndTime,
        TaskExecutorBrief,
        Tasks,
    }

    public static JobPhase Read(ref Utf8JsonReader reader, TextPool texts)
    {
        var phase = new JobPhase();
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            if (field == FieldNames.Unknown)
            {
                phase.ExtensionData = UnknownFields.Add(phase.ExtensionData, ref reader);
                continue;
            }

            reader.Read();
            switch ((Field)field)
            {
                case Field.TaskName: phase.TaskName = texts.Read(ref reader); break;
                case Field.TaskNames: phase.TaskNameList = TextList.Read(ref reader, texts); break;
                case Field.Status: phase.StatusText = texts.Read(ref reader); break;
                case Field.StartTime: phase.StartTimeMs = JsonNumber.Read(ref reader); break;
                case Field.EndTime: phase.EndTimeMs = JsonNumber.Read(ref reader); break;
                case Field.TaskExecutorBrief: phase.TaskExecutorBrief = BriefReader.Read(ref reader, texts); break;
                case Field.Tasks: phase.TaskList = ExecutionOrder.Sorted(TaskReader.ReadAll(ref reader, texts)); break;
            }
        }

        return phase;
    }
}
