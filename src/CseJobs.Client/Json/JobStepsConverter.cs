using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads a job's <c>tasks</c>. The documents show phases in details and flat sub-jobs in the list; what servers really send in
/// the list is not known, so each element is judged by its own fields.
/// </summary>
internal sealed class JobStepsConverter : JsonConverter<JobSteps>
{
    public override JobSteps? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An array of sub-jobs or phases was expected.");
        }

        var phases = new List<JobPhase>();
        var tasks = new List<JobTask>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("A sub-job or phase was expected.");
            }

            if (IsPhase(reader))
            {
                phases.Add(JsonSerializer.Deserialize(ref reader, CseJsonContext.Default.JobPhase)!);
            }
            else
            {
                tasks.Add(JsonSerializer.Deserialize(ref reader, CseJsonContext.Default.JobTask)!);
            }
        }

        return new JobSteps(phases, tasks);
    }

    public override void Write(Utf8JsonWriter writer, JobSteps value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Jobs are read, never written.");

    /// <param name="reader">A copy (the reader is a struct), so looking ahead costs nothing.</param>
    private static bool IsPhase(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("taskNames") || reader.ValueTextEquals("tasks"))
            {
                return true;
            }

            if (reader.ValueTextEquals("jobId") || reader.ValueTextEquals("taskOrder"))
            {
                return false;
            }

            reader.Read();
            reader.Skip();
        }

        return false;
    }
}
