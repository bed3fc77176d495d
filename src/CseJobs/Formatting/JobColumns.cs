using System.Management.Automation;

namespace CseJobs.Formatting;

/// <summary>
/// What the columns of the tables need. Live objects are read as what they are: that is several times cheaper than by the name
/// of a property, and a table of thousands of jobs asks often.
/// </summary>
internal static class JobColumns
{
    public static string StatusText(PSObject item) => item.BaseObject switch
    {
        EngineJob job => job.StatusText ?? string.Empty,
        JobPhase phase => phase.StatusText ?? string.Empty,
        JobTask task => task.StatusText ?? string.Empty,
        _ => ViewValue.Text(item, "StatusText"),
    };

    public static string Type(PSObject item) => item.BaseObject is EngineJob job ? Line(job.TypeText) : ViewValue.OneLine(item, "TypeText");

    public static string User(PSObject item) => item.BaseObject is EngineJob job ? Line(job.CreateUser) : ViewValue.OneLine(item, "CreateUser");

    public static string Description(PSObject item) => item.BaseObject is EngineJob job ? Line(job.Description) : ViewValue.OneLine(item, "Description");

    public static string Name(PSObject item) => item.BaseObject switch
    {
        JobPhase phase => Line(phase.TaskName),
        JobTask task => Line(task.TaskName),
        _ => ViewValue.OneLine(item, "TaskName"),
    };

    public static DateTime? Start(PSObject item) => item.BaseObject switch
    {
        EngineJob job => job.StartTime,
        JobPhase phase => phase.StartTime,
        JobTask task => task.StartTime,
        _ => ViewValue.Time(item, "StartTime"),
    };

    public static TimeSpan? Age(PSObject item) => Since(Start(item));

    /// <summary>How long it took; of what runs, how long it has run so far.</summary>
    public static (TimeSpan? Span, bool IsRunning) Duration(PSObject item)
    {
        if (ViewValue.Status(item) == JobStatus.Executing)
        {
            return (Since(Start(item)), true);
        }

        TimeSpan? span = item.BaseObject switch
        {
            EngineJob job => job.Duration,
            JobPhase phase => phase.Duration,
            JobTask task => task.Duration,
            _ => ViewValue.Span(item, "Duration"),
        };
        return (span, false);
    }

    /// <summary>Name of the sub-job, or else of the phase, that runs or has failed; empty for a job that waits or has ended well.</summary>
    public static string Step(PSObject item)
    {
        JobStatus status = ViewValue.Status(item);
        if (status is JobStatus.Finished or JobStatus.Init or JobStatus.PreInit)
        {
            return string.Empty;
        }

        // A job of a state that this version does not know may still tell where it stands.
        bool mayHaveFailed = status != JobStatus.Executing;
        bool mayRun = status is JobStatus.Executing or JobStatus.Unknown;
        if (item.BaseObject is EngineJob job)
        {
            foreach (JobTask task in job.Tasks)
            {
                if (IsIt(task.Status, mayHaveFailed, mayRun))
                {
                    return task.TaskName ?? string.Empty;
                }
            }

            foreach (JobPhase phase in job.Phases)
            {
                if (IsIt(phase.Status, mayHaveFailed, mayRun))
                {
                    return phase.TaskName ?? string.Empty;
                }
            }

            return string.Empty;
        }

        return Find(ViewValue.Items(item, "Tasks")) ?? Find(ViewValue.Items(item, "Phases")) ?? string.Empty;

        string? Find(IReadOnlyList<PSObject> steps)
        {
            foreach (PSObject step in steps)
            {
                if (IsIt(ViewValue.Status(step), mayHaveFailed, mayRun))
                {
                    return ViewValue.Text(step, "TaskName");
                }
            }

            return null;
        }
    }

    private static bool IsIt(JobStatus status, bool mayHaveFailed, bool mayRun) =>
        (mayHaveFailed && status is JobStatus.Error or JobStatus.Timeout) || (mayRun && status == JobStatus.Executing);

    // By UTC: the difference of local times is an hour off when the clocks change.
    private static TimeSpan? Since(DateTime? start) => ViewTime.UtcNow() - start?.ToUniversalTime();

    private static string Line(string? text) => string.IsNullOrEmpty(text) ? string.Empty : ViewText.OneLine(text!);
}
