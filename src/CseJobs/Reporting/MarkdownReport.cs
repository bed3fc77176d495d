using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <summary>
/// The report as GitHub renders Markdown. Every text of the server stands in a code span, or in a block of code: there nothing is a
/// link, a mention, a reference to an issue, an emoji or markup.
/// </summary>
internal sealed class MarkdownReport
{
    // As wide as GitHub shows code without scrolling.
    private const int Width = 100;
    private const int MaxLogLines = 5;
    private const char NoWidth = '\u200b';

    private static readonly Regex Backticks = new("`+", RegexOptions.CultureInvariant);
    private static readonly Regex Punctuation = new(@"[!-/:-@\[-`{-~]", RegexOptions.CultureInvariant);

    private readonly StringBuilder _text = new();
    private readonly JobReport _report;
    private readonly ReportWords _words;

    private MarkdownReport(JobReport report, ReportWords words)
    {
        _report = report;
        _words = words;
    }

    public static string Write(JobReport report, ReportWords words)
    {
        var writer = new MarkdownReport(report, words);
        writer.Line($"# {Escape(report.Title)}").AddFacts();
        if (report.Jobs.Count == 0)
            writer.Paragraph(words.NoJobs);
        else
            writer.AddSections();

        return writer._text.ToString();
    }

    private void AddFacts()
    {
        // A table has a heading, also one that says nothing.
        Line().Line("| | |").Line("|---|---|");
        if (_report.Starts.Any())
            Row(_words.Window, $"{Time(_report.Starts.Min())} {_words.To} {Time(_report.Starts.Max())}");

        if (_report.Sessions.Count > 0)
            Row(_words.Sessions, string.Join(", ", _report.Sessions.Select(Code)));

        Row(_words.Zone, ReportWords.ZoneOf(_report.Starts.Append(_report.Now)));
        Row(_words.Made, Time(_report.Now));
        Row(_words.Jobs, ReportWords.N(_report.Jobs.Count));
        foreach (int kind in Shown)
            Row(_words.Kind(kind), ReportWords.N(_report.Counts[kind]) + (kind == 1 ? $" ({ReportWords.Percent(_report.Failed, _report.Jobs.Count)})" : string.Empty));
    }

    private int[] Shown => Enumerable.Range(0, JobReport.Kinds).Where(kind => _report.Counts[kind] > 0).ToArray();

    private void AddSections()
    {
        Heading(_words.WhatFailed);
        AddFailures();
        AddJobs(_words.FailedJobs, _report.FailedInFull, _report.Failed);
        AddJobs(_words.RunningJobs, _report.RunningInFull, _report.Jobs.Count(job => job.IsRunning));

        DayChart chart = _report.Chart;
        Heading(_words.Per(chart.Unit));
        Table([_words.Unit(chart.Unit), .. Shown.Select(kind => "#" + _words.Kind(kind))], chart.Bars.Select(bar =>
            Shown.Select(kind => ReportWords.N(bar.Counts[kind])).Prepend(bar.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        if (chart.Earlier > 0)
            Paragraph(_words.Earlier(chart.Earlier));

        if (chart.NotBegun > 0)
            Paragraph(_words.WaitingForStart(chart.NotBegun));

        Heading(_words.Figures);
        Table(
            [_words.Engine, "#" + _words.Jobs, "#" + _words.Finished, "#" + _words.Failed, "#%", "#" + _words.Median, "#" + _words.Longest, _words.Job],
            _report.Engines.Take(_report.Limits.Engines).Select(engine => new[]
            {
                Engine(engine), ReportWords.N(engine.Counts.Sum()), ReportWords.N(engine.Counts[0]), ReportWords.N(engine.Counts[1]), ReportWords.Percent(engine.Counts[1], engine.Counts.Sum()),
                ReportWords.Span(engine.Median), ReportWords.Span(engine.Longest?.Took), engine.Longest is { Took: not null } longest ? longest.Id : string.Empty,
            }));
        MoreEngines(_report.Engines.Count);
        if (_report.Unread.Count > 0)
            Paragraph(_words.UnreadJobs(_report.Unread.Count));
    }

    private void AddFailures()
    {
        EngineFigures[] engines = _report.Engines.Where(engine => engine.Counts[1] > 0).ToArray();
        if (engines.Length == 0)
        {
            Paragraph(_words.NothingFailed);
            return;
        }

        Table([_words.Engine, "#" + _words.Count, _words.Type, _words.Step, _words.Reason, _words.Newest], engines.Take(_report.Limits.Engines).SelectMany(engine => engine.Failures
            .Select(kind => new[] { Engine(engine), ReportWords.N(kind.Count), Code(kind.Newest.Type), Code(kind.Newest.Step), kind.Newest.IsBare ? _words.NotRead : Code(kind.Newest.Reason), $"{kind.Newest.Id}, {Start(kind.Newest)}" })
            .Concat(engine.OtherFailures > 0 ? [[Engine(engine), ReportWords.N(engine.OtherFailures), string.Empty, string.Empty, _words.MoreFailures(engine.OtherFailures), string.Empty]] : [])));
        MoreEngines(engines.Length);
    }

    private void AddJobs(string heading, IReadOnlyList<JobFacts> jobs, int all)
    {
        if (all == 0)
            return;

        Heading(heading);
        if (jobs.Count < all)
            Paragraph(_words.ShownInFull(jobs.Count, all));

        foreach (JobFacts job in jobs)
            AddJob(job);
    }

    private void AddJob(JobFacts job)
    {
        // Markup up to the empty line, so nothing in it is Markdown; in <code> GitHub mentions and links nobody.
        string summary = string.Join(" · ", new[] { job.Engine, job.Step, job.Reason }.Where(text => text.Length > 0).Select(text => $"<code>{WebUtility.HtmlEncode(Clean(text))}</code>"));
        Line("<details>").Line($"<summary>{_words.Job} {job.Id} · {Start(job)} · {summary}</summary>").Line();
        if (_report.Unread.Contains(job))
            Paragraph(_words.Unread);

        var timeline = TimelineJob.From(job.Item);
        timeline = timeline with { Steps = timeline.Steps.Select(step => step with { Log = ReportLog.Of(step.Log, MaxLogLines) }).ToArray() };
        string drawing = SafeText.Clean(string.Join('\n', Timeline.Draw(timeline, _report.Now, new TimelineStyle { Width = Width })));
        string fence = new('`', Math.Max(3, LongestRun(drawing) + 1));
        Line(fence + "text").Line(drawing).Line(fence).Line().Line("</details>").Line();
    }

    private string Engine(EngineFigures engine) => Code(engine.Name) + (engine.Session.Length > 0 && _report.Sessions.Count > 1 ? $" ({Code(engine.Session)})" : string.Empty);

    private string Start(JobFacts job) => job.Start is { } start ? Time(start) : _words.NotBegun;

    private static string Time(DateTime utc) => utc.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A text as the code of a cell: between more backticks than it has, and its bars escaped, which hold in code too.</summary>
    private static string Code(string text)
    {
        string line = Clean(text);
        if (line.Length == 0)
            return string.Empty;

        // A backslash before a bar would be taken for the escape of that.
        string content = line.Replace("\\|", $"\\{NoWidth}|", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
        string fence = new('`', LongestRun(line) + 1);
        string pad = line.StartsWith('`') || line.EndsWith('`') ? " " : string.Empty;
        return fence + pad + content + pad + fence;
    }

    private static string Clean(string text) => SafeText.OneLine(SafeText.Clean(text)).Trim();

    private static int LongestRun(string text) => Backticks.Matches(text).Select(match => match.Length).DefaultIfEmpty().Max();

    /// <summary>A text in which nothing is markup or a mention.</summary>
    private static string Escape(string text) => Punctuation.Replace(Clean(text), match => match.Value is "@" or "#" or ":" ? $"\\{match.Value}{NoWidth}" : "\\" + match.Value).Replace("www\\.", $"www{NoWidth}\\.", StringComparison.OrdinalIgnoreCase);

    private void Table(string[] headings, IEnumerable<IEnumerable<string>> rows)
    {
        Line().Row(headings.Select(heading => heading.TrimStart('#')).ToArray());
        Line($"|{string.Concat(headings.Select(heading => heading.StartsWith('#') ? "---:|" : "---|"))}");
        foreach (IEnumerable<string> row in rows)
            Row(row.ToArray());

        Line();
    }

    private void MoreEngines(int engines)
    {
        if (engines > _report.Limits.Engines)
            Paragraph(_words.MoreEngines(engines - _report.Limits.Engines));
    }

    private void Heading(string text) => Line().Line($"## {text}").Line();

    private void Paragraph(string text) => Line(text).Line();

    private MarkdownReport Row(params string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    private MarkdownReport Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }
}
