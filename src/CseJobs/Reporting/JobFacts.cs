using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <summary>What reports and figures ask of a job, live or from Import-Clixml, Start-Job or a CSV. Times are UTC.</summary>
internal sealed class JobFacts
{
    private readonly PSObject _item;

    private JobFacts(PSObject item) => _item = item;

    /// <summary>The job itself.</summary>
    public PSObject Item => _item;

    public string Id { get; private init; } = string.Empty;

    /// <summary>Tells engines apart; two may have one name.</summary>
    public string EngineId { get; private init; } = string.Empty;

    public string Engine { get; private init; } = string.Empty;

    public string Session { get; private init; } = string.Empty;

    /// <summary>By its known name, else in the server's words.</summary>
    public string Type { get; private init; } = string.Empty;

    public JobStatus Status { get; private init; }

    public string StatusText { get; private init; } = string.Empty;

    public string User { get; private init; } = string.Empty;

    public DateTime? Start { get; private init; }

    public DateTime? End { get; private init; }

    public bool Failed => Status is JobStatus.Error or JobStatus.Timeout;

    public bool IsRunning => Status is JobStatus.Executing or JobStatus.Init;

    /// <summary>How long it took; null before its end.</summary>
    public TimeSpan? Took => !IsRunning && End >= Start ? End - Start : null;

    // Read only when asked for: they are made of the sub-jobs.
    public string Step => ViewValue.OneLine(_item, "Step");

    public string Reason => ViewValue.OneLine(_item, "Reason");

    public bool HasPhases => ViewValue.Items(_item, "Phases").Any();

    /// <summary>Whether it has neither phases nor sub-jobs, so that nothing tells why it failed.</summary>
    public bool IsBare => !HasPhases && !ViewValue.Items(_item, "Tasks").Any();

    /// <summary>Reads a job; null for what is none. A sub-job, which has a JobId, is none.</summary>
    public static JobFacts? Of(object? value)
    {
        if (value is null)
            return null;

        var item = PSObject.AsPSObject(value);
        if (item.BaseObject is EngineJob job)
        {
            return new JobFacts(item)
            {
                Id = job.Id.ToString(CultureInfo.InvariantCulture),
                EngineId = job.EngineId ?? string.Empty,
                Engine = SafeText.OneLine(string.IsNullOrEmpty(job.EngineName) ? job.EngineId ?? string.Empty : job.EngineName),
                Session = SessionStore.Of(CseClient.ReaderOf(job))?.Name ?? string.Empty,
                Type = Name(job.Type, job.TypeText),
                Status = job.Status,
                StatusText = SafeText.OneLine(job.StatusText ?? string.Empty),
                User = SafeText.OneLine(job.CreateUser ?? string.Empty),
                Start = job.StartTime?.ToUniversalTime(),
                End = job.EndTime?.ToUniversalTime(),
            };
        }

        if (JobIds.Read(ViewValue.Of(item, "Id")) is not { } id || item.Properties["JobId"] is not null || item.Properties["Status"] is null || item.Properties["EngineId"] is null)
            return null;

        string typeText = ViewValue.Text(item, "TypeText") is { Length: > 0 } text ? text : ViewValue.Text(item, "Type");
        string statusText = ViewValue.OneLine(item, "StatusText");
        return new JobFacts(item)
        {
            Id = id.ToString(CultureInfo.InvariantCulture),
            EngineId = ViewValue.Text(item, "EngineId"),
            Engine = ViewValue.Engine(item),
            Session = ViewValue.OneLine(item, "Session"),
            Type = Name(LanguagePrimitives.TryConvertTo(typeText, out JobType type) ? type : JobType.Unknown, typeText),
            Status = ViewValue.Status(item),
            StatusText = statusText.Length > 0 ? statusText : ViewValue.OneLine(item, "Status"),
            User = ViewValue.OneLine(item, "CreateUser"),
            Start = Time(item, "StartTime"),
            End = Time(item, "EndTime"),
        };
    }

    // Two documents spell one type in two ways.
    private static string Name(JobType type, string? text) => type == JobType.Updated ? nameof(JobType.Update) : type != JobType.Unknown ? type.ToString() : SafeText.OneLine(text ?? string.Empty);

    // Texts as Export-Csv writes them, in the words of the user's culture.
    private static DateTime? Time(PSObject item, string property) =>
        LanguagePrimitives.TryConvertTo(ViewValue.Of(item, property), CultureInfo.CurrentCulture, out DateTime time) && time.Year > 1 ? time.ToUniversalTime() : null;
}
