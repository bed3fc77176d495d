using System.Text.Json;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>Writes jobs field for field, in the order of the specification's samples.</summary>
internal static class JobWriter
{
    /// <summary>The job as a list item in its documented form; the result is shared and must not be changed.</summary>
    public static byte[] ListItem(SimulatedJob job) => job.ListItem ??= Render(job, TaskShape.Flat);

    public static byte[] Render(SimulatedJob job, TaskShape tasks) => JsonText.Render(json => Write(json, job, tasks));

    private static void Write(Utf8JsonWriter json, SimulatedJob job, TaskShape tasks)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, job.Id);
        json.WriteString("engineId"u8, job.EngineId);
        json.WriteString("type"u8, job.Type);
        json.WriteString("description"u8, job.Description);
        json.WriteString("status"u8, job.Status);
        json.WriteNumber("scheduling"u8, job.Scheduling);
        json.WriteString("createUser"u8, job.CreateUser);
        WriteTimes(json, job.StartTime, job.EndTime);
        json.WriteString("context"u8, job.Context);
        switch (tasks)
        {
            case TaskShape.Flat:
                json.WriteStartArray("tasks"u8);
                WriteTasks(json, job.ListTasks);
                json.WriteEndArray();
                break;
            case TaskShape.Phases:
                json.WriteStartArray("tasks"u8);
                foreach (SimulatedPhase phase in job.Phases)
                {
                    WritePhase(json, phase);
                }

                json.WriteEndArray();
                break;
            case TaskShape.Null:
                json.WriteNull("tasks"u8);
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }

    private static void WritePhase(Utf8JsonWriter json, SimulatedPhase phase)
    {
        json.WriteStartObject();
        json.WriteString("taskName"u8, phase.TaskName);
        json.WriteStartArray("taskNames"u8);
        foreach (SimulatedTask task in phase.Tasks)
        {
            json.WriteStringValue(task.TaskName);
        }

        json.WriteEndArray();
        json.WriteString("status"u8, phase.Status);
        WriteTimes(json, phase.StartTime, phase.EndTime);
        WriteBrief(json, phase.BriefDuration, phase.BriefDescription);
        json.WriteStartArray("tasks"u8);
        WriteTasks(json, phase.Tasks);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTasks(Utf8JsonWriter json, IReadOnlyList<SimulatedTask> tasks)
    {
        foreach (SimulatedTask task in tasks)
        {
            json.WriteStartObject();
            json.WriteNumber("jobId"u8, task.JobId);
            json.WriteNumber("id"u8, task.Id);
            json.WriteString("type"u8, task.Type);
            json.WriteString("assigned"u8, task.Assigned);
            json.WriteString("taskName"u8, task.TaskName);
            json.WriteString("engineName"u8, task.EngineName);
            json.WriteNumber("taskOrder"u8, task.TaskOrder);
            json.WriteString("status"u8, task.Status);
            WriteTimes(json, task.StartTime, task.EndTime);
            json.WriteNumber("createTime"u8, task.CreateTime);
            json.WriteNumber("updateTime"u8, task.UpdateTime);
            json.WriteNumber("timeout"u8, task.Timeout);
            json.WriteString("log"u8, task.Log);
            json.WriteString("output"u8, task.Output);
            WriteBrief(json, task.BriefDuration, task.BriefDescription);
            json.WriteEndObject();
        }
    }

    private static void WriteBrief(Utf8JsonWriter json, long duration, string description)
    {
        json.WriteStartObject("taskExecutorBrief"u8);
        json.WriteNumber("duration"u8, duration);
        json.WriteString("description"u8, description);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, long? start, long? end)
    {
        if (start is long from)
        {
            json.WriteNumber("startTime"u8, from);
        }

        if (end is long to)
        {
            json.WriteNumber("endTime"u8, to);
        }
    }
}
