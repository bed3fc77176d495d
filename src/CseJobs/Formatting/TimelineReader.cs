using System.Management.Automation;

namespace CseJobs.Formatting;

/// <summary>Takes from a job what its timeline shows. Properties are read through PSObject: live and deserialised jobs alike.</summary>
internal static class TimelineReader
{
    public static TimelineJob Read(PSObject job)
    {
        var steps = new List<TimelineStep>();
        IReadOnlyList<PSObject> phases = ViewValue.Items(job, "Phases");
        foreach (PSObject phase in phases)
        {
            steps.Add(Step(phase, depth: 0));
            foreach (PSObject task in ViewValue.Items(phase, "Tasks"))
            {
                steps.Add(Step(task, depth: 1));
            }
        }

        if (phases.Count == 0)
        {
            foreach (PSObject task in ViewValue.Items(job, "Tasks"))
            {
                steps.Add(Step(task, depth: 0));
            }
        }

        return new TimelineJob
        {
            Id = ViewValue.Text(job, "Id"),
            Type = ViewValue.OneLine(job, "TypeText"),
            User = ViewValue.OneLine(job, "CreateUser"),
            Whole = Step(job, depth: 0) with { Note = ViewValue.OneLine(job, "Description") },
            Steps = steps,
        };
    }

    private static TimelineStep Step(PSObject item, int depth) => new()
    {
        Name = ViewValue.OneLine(item, "TaskName"),
        Status = ViewValue.Status(item),
        StatusText = ViewValue.OneLine(item, "StatusText"),
        Start = Utc(item, "StartTime"),
        End = Utc(item, "EndTime"),
        Note = ViewValue.Item(item, "TaskExecutorBrief") is { } brief ? ViewValue.OneLine(brief, "Description") : string.Empty,
        Log = ViewValue.Text(item, "Log"),
        Depth = depth,
    };

    private static DateTime? Utc(PSObject item, string property) => ViewValue.Time(item, property)?.ToUniversalTime();
}
