using System.ComponentModel;
using CseJobs.Reporting;

namespace CseJobs.Formatting;

/// <summary>
/// The texts of the views. CseJobs.Types.ps1xml calls them as hidden code properties, which cost a tenth of a script block. Live
/// objects and those from Import-Clixml or Start-Job look the same. A text is empty when what it shows is not known.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewProperties
{
    /// <summary>Status of a job, phase or sub-job in the server's words, coloured by $PSStyle.</summary>
    public static string Status(PSObject item) => Paint(ViewValue.Status(item), ViewValue.Text(item, "StatusText"));

    /// <summary>Status of an engine in the server's words, in the colour of the job status that corresponds to it.</summary>
    public static string EngineStatus(PSObject item)
    {
        string text = ViewValue.OneLine(item, "Status");
        JobStatus like = text switch
        {
            "Available" => JobStatus.Finished,
            "Unavailable" or "CreateFailed" or "DeleteFailed" or "UpgradeFailed" or "ModifyFailed" => JobStatus.Error,
            "Creating" or "Deleting" or "Upgrading" or "Modifying" => JobStatus.Executing,
            "Freezed" => JobStatus.Init,
            _ => JobStatus.Unknown,
        };
        return Paint(like, text);
    }

    /// <summary>The session that read an engine, job or sub-job; null when it is none of this module.</summary>
    public static CseSession? Session(PSObject item) => SessionStore.Of(CseClient.ReaderOf(item.BaseObject));

    /// <summary>Name of that session, for what leaves the process.</summary>
    public static string? SessionName(PSObject item) => Session(item)?.Name;

    /// <summary>Name of the session that read an engine or job, also where that was in another process.</summary>
    public static string SessionText(PSObject item) => ViewValue.OneLine(item, "SessionName");

    /// <summary>The engine of a job as the heading of a table, with its session where it is to be told apart: engines of two regions may have one name.</summary>
    public static string Group(PSObject item) => SessionMark.IsOn(item) ? $"{Engine(item)}, session {SessionText(item)}" : Engine(item);

    /// <summary>A star for the default session.</summary>
    public static string Default(PSObject item) => ViewValue.Of(item, "IsDefault") is true ? "*" : string.Empty;

    /// <summary>Who a session signs in as: its masked access key, else how it does.</summary>
    public static string Identity(PSObject item) => ViewValue.Text(item, "KeyId") is { Length: > 0 } key ? key : ViewValue.Text(item, "Identity");

    /// <summary>Type of a job or sub-job, in the server's words.</summary>
    public static string Type(PSObject item) => ViewValue.OneLine(item, "TypeText");

    /// <summary>What a change tells, broken between words.</summary>
    public static string What(PSObject item) => Wrapped(SessionMark.IsOn(item) ? 61 : 46, ViewValue.OneLine(item, "What"));

    /// <summary>Who created a job.</summary>
    public static string User(PSObject item) => ViewValue.OneLine(item, "CreateUser");

    /// <summary>Description of a job in one line.</summary>
    public static string Description(PSObject item) => ViewValue.OneLine(item, "Description");

    /// <summary>Name of a phase or sub-job in one line.</summary>
    public static string TaskName(PSObject item) => ViewValue.OneLine(item, "TaskName");

    /// <summary>Name of an engine in one line.</summary>
    public static string Name(PSObject item) => ViewValue.OneLine(item, "Name");

    /// <summary>How long ago a job began, <c>3 min ago</c> for example; the list view has the exact time.</summary>
    public static string Age(PSObject item) => ViewValue.Time(item, "StartTime") is { } start ? ViewTime.Age(start) : string.Empty;

    /// <summary>Local clock time of a job's start with its age, <c>22:55 (3 h)</c> for example.</summary>
    public static string Clock(PSObject item) => ViewValue.Time(item, "StartTime") is { } start ? ViewTime.ClockAndAge(start, ModuleClock.UtcNow) : string.Empty;

    /// <summary>The engine of a job by its name, or by its id where the name is not known.</summary>
    public static string Engine(PSObject item) => ViewValue.Engine(item);

    /// <summary>Local start time of a phase or sub-job, to the minute and the same in all cultures; the list view has the culture's own form.</summary>
    public static string Started(PSObject item) => ViewValue.Time(item, "StartTime")?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Duration of a job, phase or sub-job as hours, minutes and seconds; while it runs, the time until now with a plus.</summary>
    public static string Duration(PSObject item) => ViewValue.Of(item, "IsRunning") as bool? ?? ViewValue.Status(item) == JobStatus.Executing
        ? ViewTime.InTable(ViewValue.Time(item, "StartTime") is { } start ? ViewTime.Since(start) : null, isRunning: true)
        : ViewTime.InTable(ViewValue.Of(item, "Duration") as TimeSpan?, isRunning: false);

    /// <summary>A detailed job as a timeline of its phases and sub-jobs, line by line.</summary>
    public static string[] Timeline(PSObject item) => Formatting.Timeline.Draw(
        TimelineJob.From(item),
        ModuleClock.UtcNow,
        new TimelineStyle { Width = RenderedWidth.Find() ?? ConsoleCapabilities.Width, Glyphs = ConsoleCapabilities.Glyphs, Paint = Palette.Paint, Dim = Palette.Dim });

    /// <summary>Version of an engine, with a plus when there is a newer one: <c>2.4.0 +</c>.</summary>
    public static string Version(PSObject item)
    {
        string version = ViewValue.OneLine(item, "Version");
        string latest = ViewValue.OneLine(item, "LatestVersion");
        return latest.Length == 0 || version.Length == 0 || latest == version ? version : version + " +";
    }

    /// <summary>Instances registered in an engine, and how many there can be: <c>23/200</c>. The answer for a single engine has no numbers.</summary>
    public static string Instances(PSObject item)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{ViewValue.Of(item, "UsedInstance")}/{ViewValue.Of(item, "TotalInstance")}");
        return text == "/" ? string.Empty : text;
    }

    /// <summary>When a session's credentials expire, <c>in 23 h</c> for example.</summary>
    public static string Expires(PSObject item) => ViewTime.Left(ViewValue.Time(item, "ExpiresAt")?.ToUniversalTime() - ModuleClock.UtcNow);

    /// <summary>What a check of a session came to, in lower case and in the colour of the job status that corresponds to it.</summary>
    public static string CheckResult(PSObject item) => !Enum.TryParse(ViewValue.Text(item, "Result"), out CheckResult result) ? ViewValue.Text(item, "Result") : Palette.Paint(
        result switch
        {
            CseJobs.CheckResult.Ok => JobStatus.Finished,
            CseJobs.CheckResult.Fail => JobStatus.Error,
            CseJobs.CheckResult.Warn => JobStatus.Executing,
            CseJobs.CheckResult.Found => JobStatus.Init,
            _ => JobStatus.Unknown,
        },
        Word(result));

    /// <summary>
    /// What was seen in a check of a session, and below it what to do. Broken between words here: of most languages PowerShell does not know where
    /// their words end.
    /// </summary>
    public static string CheckDetail(PSObject item) => Wrapped(23, ViewValue.OneLine(item, "Detail"), ViewValue.OneLine(item, "Advice"));

    /// <summary>Texts one below the other, each broken into what other columns leave of a line, whose last character stays free.</summary>
    private static string Wrapped(int others, params string[] texts)
    {
        int width = (RenderedWidth.Find() ?? ConsoleCapabilities.Width) - others;
        return string.Join('\n', texts.SelectMany(text => TextWidth.Wrap(text, width)).Select(line => line.TrimEnd()));
    }

    /// <summary>Where a session connects to: its region, else its host.</summary>
    public static string Where(PSObject item) =>
        ViewValue.Text(item, "Region") is { Length: > 0 } region ? region : (ViewValue.Of(item, "Endpoint") as Uri)?.Authority ?? string.Empty;

    /// <summary>What the jobs of figures have in common, in the order of -By: <c>2026-11-23 (W48), Upgrade</c> for example.</summary>
    public static string FiguresGroup(PSObject item)
    {
        IEnumerable<PSPropertyInfo> keys = item.Properties.Where(property => Enum.TryParse(property.Name, out CseJobGrouping _));
        string text = string.Join(", ", keys.Select(key => Key(key.Name, key.Value.Bare())));
        return text.Length == 0 ? "(all)" : text;

        static string Key(string kind, object? value) => value switch
        {
            null => "(not begun)",
            DateTime hour when kind == nameof(CseJobGrouping.Hour) => hour.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            DateTime month when kind == nameof(CseJobGrouping.Month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            DateTime week when kind == nameof(CseJobGrouping.Week) => string.Create(CultureInfo.InvariantCulture, $"{week:yyyy-MM-dd} (W{ISOWeek.GetWeekOfYear(week):00})"),
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when value.ToString() is { Length: > 0 } text => SafeText.OneLine(text),
            _ => "(none)",
        };
    }

    /// <summary>Share of failed jobs with one decimal, so that the points stand below each other.</summary>
    public static string FiguresPercent(PSObject item) => (ViewValue.Of(item, "FailedPercent") as double?)?.ToString("0.0", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Median of durations.</summary>
    public static string FiguresMedian(PSObject item) => Span(ViewValue.Of(item, "MedianDuration"));

    /// <summary>95th percentile of durations.</summary>
    public static string FiguresP95(PSObject item) => Span(ViewValue.Of(item, "P95Duration"));

    /// <summary>The longest duration.</summary>
    public static string FiguresLongest(PSObject item) => Span(JobFacts.Of(item.Properties["Longest"]?.Value)?.Took);

    internal static string Word(CheckResult result) => result == CseJobs.CheckResult.NotTried ? "not tried" : result.ToString().ToLowerInvariant();

    private static string Span(object? duration) => ViewTime.InTable(duration as TimeSpan?, isRunning: false).TrimEnd();

    private static string Paint(JobStatus status, string text) => Palette.Paint(status, text.Length == 0 ? "-" : text);
}
