using System.Text.RegularExpressions;

namespace CseJobs.Formatting;

/// <summary>
/// Draws a job as a timeline: a head, the time axis, and for each step a line with mark, name, bar, start and duration, and with
/// its status unless it has finished. The end of the log follows a step that failed.
/// </summary>
internal sealed class Timeline
{
    private const int MaxName = 24;

    // With its zone; of a time without one nobody knows what it means.
    private static readonly Regex LogTime = new(@"^[\s\[(]*(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)? ?(?:Z|[+-]\d\d:\d\d))", RegexOptions.CultureInvariant);

    private readonly List<string> _lines = new();
    private readonly TimelineJob _job;
    private readonly TimelineStyle _style;
    private readonly TimeAxis? _axis;
    private readonly TimelineRow[] _rows;
    private readonly TimelineLayout _layout;

    private Timeline(TimelineJob job, DateTime now, TimelineStyle style)
    {
        _job = job;
        _style = style;
        _axis = TimeAxis.Of(job, now);
        _rows = job.Steps.Select(step => new TimelineRow(step, OrDash(step.Name), Clock(step.Start), Duration(step), Status(step))).ToArray();
        _layout = TimelineLayout.Of(_rows, style.Width - 1);
    }

    /// <summary>The lines of a job's timeline; now, in UTC, is where the axis of a running job ends.</summary>
    public static string[] Draw(TimelineJob job, DateTime now, TimelineStyle style)
    {
        var timeline = new Timeline(job, now, style);
        timeline.AddHead();
        timeline.AddAxis();
        foreach (TimelineRow row in timeline._rows)
        {
            timeline.AddStep(row);
            if (row.Step.HasFailed)
                timeline.AddLog(row.Step);
        }

        return timeline._lines.ToArray();
    }

    private void AddHead()
    {
        TimelineStep whole = _job.Whole;
        string status = $"{_style.Glyphs.Mark(whole.Status)} {Cut(OrDash(whole.StatusText), MaxName)}";
        string when = Local(whole.Start)?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not started";
        if (whole.Start is not null && _axis?.Duration(whole) is { } span)
            when += $"  {(whole.IsRunning ? "running for" : "took")} {ViewTime.Duration(span)}";

        string name = $"Job {_job.Id}  {Cut(OrDash(_job.Type), MaxName)}  ";
        bool fits = TextWidth.Of(name) + TextWidth.Of(status) + 2 + TextWidth.Of(when) < _style.Width;
        _lines.Add(name + _style.Paint(whole.Status, status) + (fits ? "  " + when : string.Empty));
        if (!fits)
            _lines.Add("  " + when);

        string note = (Named("engine", _job.Engine) + Named("by", _job.User) + whole.Note).Trim();
        if (note.Length > 0)
            _lines.Add(Cut(note, _style.Width - 1));

        static string Named(string what, string name) => name.Length == 0 ? string.Empty : $"{what} {name}  ";
    }

    // Both ends of the axis above the bars; the end alone where there is no room for both.
    private void AddAxis()
    {
        if (_axis is null || _layout.Bar == 0)
            return;

        string start = Clock(_axis.Start);
        string end = _axis.IsOpen ? "now" : Clock(_axis.End);
        int between = _layout.Bar - start.Length - end.Length;
        string text = between > 0 ? start + new string(' ', between) + end : TextWidth.Cut(end, _layout.Bar).PadLeft(_layout.Bar);
        _lines.Add(new string(' ', _layout.Name + 1) + _style.Dim(text));
    }

    private void AddStep(TimelineRow row)
    {
        TimelineStep step = row.Step;
        string indent = new(' ', 2 * step.Depth);
        string mark = _style.Paint(step.Status, _style.Glyphs.Mark(step.Status).ToString());
        string line = $"{indent}{mark} {TextWidth.Fit(row.Name, _layout.Name - indent.Length - 2, _style.Glyphs.Ellipsis)} {Bar(step)}";
        if (_layout.Clock > 0)
            line += $"  {row.Clock.PadLeft(_layout.Clock)}  {row.Duration.PadLeft(_layout.Duration)}";

        string note = Cut(step.Note, _layout.Note);
        if (_layout.Status > 0)
        {
            string status = Cut(row.Status, _layout.Status);
            line += "  " + _style.Paint(step.Status, status) + (note.Length > 0 ? new string(' ', _layout.Status - TextWidth.Of(status)) : string.Empty);
        }

        if (note.Length > 0)
            line += "  " + _style.Dim(note);

        _lines.Add(line.TrimEnd());
    }

    private string Bar(TimelineStep step)
    {
        if (_axis is null || step.Start is null || _layout.Bar == 0)
            return new string(' ', _layout.Bar);

        (int from, int length) = _axis.Bar(step, _layout.Bar);
        Glyphs glyphs = _style.Glyphs;
        string bar = step.IsRunning ? new string(glyphs.Bar, length - 1) + glyphs.Open : new string(glyphs.Bar, length);
        return _style.Dim(new string(glyphs.Track, from))
            + _style.Paint(step.Status, bar)
            + _style.Dim(new string(glyphs.Track, _layout.Bar - from - length));
    }

    // Wrapped, not cut: the reason of a failure must be complete. Logs tell their times in UTC or another zone: where that is not the
    // zone of the timeline, its clock stands before the line.
    private void AddLog(TimelineStep step)
    {
        string indent = new(' ', 2 * step.Depth + 4);
        foreach (string line in LogTail.Of(step.Log))
        {
            IEnumerable<string> pieces = TextWidth.Wrap(LocalTime(line) + SafeText.OneLine(line), Math.Max(20, _style.Width - 3 - indent.Length));
            _lines.AddRange(pieces.Select((piece, i) => indent + (i > 0 ? "  " : string.Empty) + _style.Paint(step.Status, piece.TrimEnd())));
        }
    }

    private string LocalTime(string line)
    {
        if (LogTime.Match(line) is not { Success: true } match || !DateTimeOffset.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            || _style.Zone.GetUtcOffset(time) == time.Offset)
            return string.Empty;

        return $"({Clock(time.UtcDateTime)}) ";
    }

    private string Duration(TimelineStep step) =>
        step.Start is null || _axis?.Duration(step) is not { } span ? string.Empty
        : ViewTime.Duration(span) + (step.IsRunning ? "+" : _job.Steps.Any(other => other.IsRunning) ? " " : string.Empty);

    // With the day when it is another one than that of the start, which the head shows.
    private string Clock(DateTime? time) =>
        Local(time) is not { } local ? string.Empty
        : local.ToString(local.Date == Local(_axis?.Start)?.Date ? "HH:mm:ss" : "MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private DateTime? Local(DateTime? time) => time is { } utc ? TimeZoneInfo.ConvertTimeFromUtc(utc, _style.Zone) : null;

    // The mark of a finished step says enough.
    private static string Status(TimelineStep step) => step.Status == JobStatus.Finished ? string.Empty : OrDash(step.StatusText);

    private static string OrDash(string text) => text.Length == 0 ? "-" : text;

    private string Cut(string text, int width) => TextWidth.Cut(text, width, _style.Glyphs.Ellipsis);
}

/// <summary>Where and how a timeline is drawn.</summary>
internal sealed record TimelineStyle
{
    /// <summary>Cells of a line.</summary>
    public int Width { get; init; } = 80;

    public Glyphs Glyphs { get; init; } = Glyphs.Unicode;

    /// <summary>The zone of the times.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Colours a text by a status.</summary>
    public Func<JobStatus, string, string> Paint { get; init; } = (_, text) => text;

    /// <summary>Colours a text of secondary interest.</summary>
    public Func<string, string> Dim { get; init; } = text => text;
}
