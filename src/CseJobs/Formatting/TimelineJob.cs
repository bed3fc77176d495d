namespace CseJobs.Formatting;

/// <summary>What a timeline shows of a job. Read from a live or a deserialised job by the names of properties, so that both look the same.</summary>
internal sealed record TimelineJob(string Id = "", string Type = "", string User = "", string Engine = "")
{
    /// <summary>Status and times of the whole job; its note is the job's description.</summary>
    public TimelineStep Whole { get; init; } = new();

    /// <summary>Each phase followed by its sub-jobs; all sub-jobs of a job without phases.</summary>
    public IReadOnlyList<TimelineStep> Steps { get; init; } = Array.Empty<TimelineStep>();

    public static TimelineJob From(PSObject job)
    {
        TimelineStep[] steps = ViewValue.Items(job, "Phases")
            .SelectMany(phase => ViewValue.Items(phase, "Tasks").Select(task => TimelineStep.From(task, depth: 1)).Prepend(TimelineStep.From(phase, depth: 0)))
            .ToArray();
        return new TimelineJob
        {
            Id = ViewValue.Text(job, "Id"),
            Type = ViewValue.OneLine(job, "TypeText"),
            User = ViewValue.OneLine(job, "CreateUser"),
            Engine = ViewValue.Engine(job),
            Whole = TimelineStep.From(job, depth: 0) with { Note = ViewValue.OneLine(job, "Description") },
            Steps = steps.Length > 0 ? steps : ViewValue.Items(job, "Tasks").Select(task => TimelineStep.From(task, depth: 0)).ToArray(),
        };
    }
}

/// <summary>
/// A job, phase or sub-job in a timeline. Times are UTC: a difference of local times is an hour off when the clocks change. The
/// note is what the step does, in the server's words. The depth is 1 for a sub-job in a phase, else 0.
/// </summary>
internal sealed record TimelineStep(
    string Name = "",
    JobStatus Status = JobStatus.Unknown,
    string StatusText = "",
    DateTime? Start = null,
    DateTime? End = null,
    string Note = "",
    string Log = "",
    int Depth = 0)
{
    public bool IsRunning => Status == JobStatus.Executing && Start is not null;

    public bool HasFailed => Status is JobStatus.Error or JobStatus.Timeout;

    public static TimelineStep From(PSObject item, int depth) => new()
    {
        Name = ViewValue.OneLine(item, "TaskName"),
        Status = ViewValue.Status(item),
        StatusText = ViewValue.OneLine(item, "StatusText"),
        Start = ViewValue.Time(item, "StartTime")?.ToUniversalTime(),
        End = ViewValue.Time(item, "EndTime")?.ToUniversalTime(),
        Note = item.Properties["TaskExecutorBrief"]?.Value is { } brief ? ViewValue.OneLine(PSObject.AsPSObject(brief), "Description") : string.Empty,
        Log = ViewValue.Text(item, "Log"),
        Depth = depth,
    };
}
