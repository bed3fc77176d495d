using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <content>A job in full: its timeline, whose bars share one axis, and the end of the log of what failed or runs.</content>
internal sealed partial class HtmlReport
{
    private const int Axis = 1000;

    private void AddJob(JobFacts job, bool isOpen)
    {
        var timeline = TimelineJob.From(job.Item);
        using (_html.Tag("details", ("class", "job"), ("id", _anchors[job]), ("open", isOpen ? string.Empty : null)))
        {
            using (_html.Tag("summary"))
            {
                _html.Text("span", $"{Glyphs.Unicode.Mark(job.Status)} {job.StatusText}", ("class", $"k{Glyphs.Kind(job.Status)}"));
                _html.Text($" {job.Engine} · {_words.Job} {job.Id} · {job.Type} · ");
                AddStart(job);
                _html.Text((job.Step.Length > 0 ? " · " + job.Step : string.Empty) + (job.Reason.Length > 0 ? ": " + job.Reason : string.Empty));
            }

            AddOrigin(job, timeline);
            if (_report.Unread.Contains(job))
                _html.Text("p", _words.Unread);

            if (timeline.Steps.Count == 0)
                _html.Text("p", _words.NoSteps);
            else
                AddTimeline(timeline);
        }
    }

    private void AddOrigin(JobFacts job, TimelineJob timeline)
    {
        (string Name, string Value)[] facts = [(_words.User, job.User), (_words.Session, job.Session), (_words.Duration, ReportWords.Span(job.Took)), (_words.Description, timeline.Whole.Note)];
        using (_html.Tag("p", ("class", "origin")))
            _html.Text(string.Join(" · ", facts.Where(fact => fact.Value.Length > 0).Select(fact => $"{fact.Name}: {fact.Value}")));
    }

    private void AddTimeline(TimelineJob job)
    {
        TimeAxis? axis = TimeAxis.Of(job, _report.Now);
        using (_html.Tag("table", ("class", "steps")))
        {
            using (_html.Tag("thead"))
            using (_html.Tag("tr"))
            {
                _html.Text("th", _words.Step, ("scope", "col"));
                AddAxis(axis);
                _html.Text("th", _words.Start, ("scope", "col"), ("class", "wide"));
                _html.Text("th", _words.Duration, ("scope", "col"), ("class", "number"));
                _html.Text("th", _words.Status, ("scope", "col"), ("class", "wide"));
            }

            using (_html.Tag("tbody"))
            {
                foreach (TimelineStep step in job.Steps)
                {
                    AddStep(step, axis);
                    if (step.HasFailed || step.IsRunning)
                        AddLog(step);
                }
            }
        }
    }

    private void AddAxis(TimeAxis? axis)
    {
        using (_html.Tag("th", ("scope", "col"), ("class", "axis"), ("aria-label", _words.Timeline)))
        {
            if (axis is null)
                return;

            using (_html.Tag("div"))
            {
                _html.Time(axis.Start, "HH:mm:ss");
                if (axis.IsOpen)
                    _html.Text("span", _words.Now);
                else if (axis.End > axis.Start)
                    _html.Time(axis.End, axis.Start.ToLocalTime().Date == axis.End.ToLocalTime().Date ? "HH:mm:ss" : "MM-dd HH:mm");
            }
        }
    }

    // The cells beside the bar say the same in words, so screen readers skip the drawing, but not the cell: columns are counted.
    private void AddStep(TimelineStep step, TimeAxis? axis)
    {
        int kind = Glyphs.Kind(step.Status);
        using (_html.Tag("tr", ("class", step.Depth == 0 ? "phase" : null)))
        {
            _html.Text("th", $"{Glyphs.Unicode.Mark(step.Status)} {step.Name}", ("scope", "row"), ("class", $"k{kind} depth{step.Depth}"), ("title", step.Note.Length > 0 ? step.Note : null));
            using (_html.Tag("td", ("class", "bar")))
            {
                using (_html.Tag("svg", ("aria-hidden", "true"), ("width", "100%"), ("height", "14")))
                {
                    Rect("track", 0, 100, 6.5, 1);
                    if (axis is not null && step.Start is not null)
                    {
                        (int from, int length) = axis.Bar(step, Axis);
                        Rect($"f{kind}", from * 100.0 / Axis, Math.Max(0.5, length * 100.0 / Axis), 2, 10);
                    }
                }
            }

            using (_html.Tag("td", ("class", "wide")))
            {
                if (step.Start is { } start)
                    _html.Time(start, "HH:mm:ss");
            }

            Number((step.Start is null ? string.Empty : ReportWords.Span(axis?.Duration(step))) + (step.IsRunning ? "+" : string.Empty));
            Cell(step.StatusText, "wide");
        }
    }

    private void AddLog(TimelineStep step)
    {
        string log = ReportLog.Of(step.Log);
        if (log.Length == 0)
            return;

        using (_html.Tag("tr"))
        using (_html.Tag("td", ("colspan", "5"), ("class", $"log k{Glyphs.Kind(step.Status)}")))
            _html.Text("pre", log, ("tabindex", "0"), ("role", "region"), ("aria-label", $"{_words.EndOfLog}: {step.Name}"));
    }
}

/// <summary>As much of a log as a report shows.</summary>
internal static class ReportLog
{
    private const int MaxLines = 15;
    private const int MaxLine = 500;

    /// <summary>The last lines that are not empty, each cut where it is longer than anybody reads.</summary>
    public static string Of(string log, int lines = MaxLines) => string.Join('\n', LogTail.Of(log, lines).Select(line => line.Length > MaxLine ? SafeText.Clean(line[..MaxLine]) + "…" : line));
}
