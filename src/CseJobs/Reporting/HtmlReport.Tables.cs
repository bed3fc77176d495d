using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <content>The chart of days and the tables.</content>
internal sealed partial class HtmlReport
{
    private const int ChartHeight = 160;
    private const int ChartFoot = 20;
    private const int MaxLabels = 6;
    private const int MinSlots = 7;

    // From the axis upwards: what failed stands on the same line everywhere, and can be compared.
    private static readonly int[] Stack = [1, 4, 2, 3, 0];

    private void AddChart()
    {
        DayChart chart = _report.Chart;
        if (chart.Bars.Count > 0)
        {
            using (_html.Tag("figure"))
            {
                DrawChart(chart);
                AddLegend();
            }

            using (_html.Tag("details"))
            {
                _html.Text("summary", _words.AsTable);
                int[] kinds = Enumerable.Range(0, JobReport.Kinds).Where(kind => _report.Counts[kind] > 0).ToArray();
                Table([_words.Unit(chart.Unit), .. kinds.Select(kind => "#" + _words.Kind(kind))], chart.Bars, bar =>
                {
                    RowHead(() => _html.Text(Date(bar.From)));
                    foreach (int kind in kinds)
                        Number(ReportWords.N(bar.Counts[kind]));
                });
            }
        }

        if (chart.Earlier > 0)
            _html.Text("p", _words.Earlier(chart.Earlier));

        if (chart.NotBegun > 0)
            _html.Text("p", _words.WaitingForStart(chart.NotBegun));
    }

    // No viewBox: bars are as wide as the page is, and letters keep their size.
    private void DrawChart(DayChart chart)
    {
        int most = chart.Bars.Max(bar => bar.Counts.Sum());
        double slot = 100.0 / Math.Max(MinSlots, chart.Bars.Count);
        int every = (chart.Bars.Count + MaxLabels - 1) / MaxLabels;
        string label = $"{_words.Per(chart.Unit)}: {Date(chart.Bars[0].From)} – {Date(chart.Bars[^1].From)}; {string.Join(", ", Enumerable.Range(0, JobReport.Kinds).Where(kind => _report.Counts[kind] > 0).Select(kind => $"{_words.Kind(kind)} {ReportWords.N(_report.Counts[kind])}"))}";
        using (_html.Tag("svg", ("class", "chart"), ("role", "img"), ("aria-label", label), ("width", "100%"), ("height", $"{ChartHeight + ChartFoot}")))
        {
            for (int i = 0; i < chart.Bars.Count; i++)
            {
                (DateTime from, int[] counts) = chart.Bars[i];
                double base_ = ChartHeight;
                using (_html.Tag("g"))
                {
                    _html.Text("title", $"{Date(from)}: {string.Join(", ", Stack.Where(kind => counts[kind] > 0).Select(kind => $"{_words.Kind(kind)} {ReportWords.N(counts[kind])}"))}");
                    foreach (int kind in Stack.Where(kind => counts[kind] > 0))
                    {
                        // A single failure of thousands is still to be seen.
                        double height = Math.Max(kind == 1 ? 2 : 0.5, (ChartHeight - 20.0) * counts[kind] / most);
                        base_ -= height;
                        Rect($"f{kind}", i * slot + slot * 0.12, slot * 0.76, base_, height);
                    }
                }

                if (i % every == 0)
                    _html.Text("text", chart.Unit == TimeUnit.Month ? from.ToString("yyyy-MM", CultureInfo.InvariantCulture) : from.ToString("MM-dd", CultureInfo.InvariantCulture), ("x", Percent((i + 0.5) * slot)), ("y", $"{ChartHeight + 15}"));
            }

            _html.Text("text", ReportWords.N(most), ("x", "0"), ("y", "12"), ("class", "most"));
        }
    }

    private void AddLegend()
    {
        using (_html.Tag("figcaption"))
        {
            foreach (int kind in Stack.Where(kind => _report.Counts[kind] > 0))
            {
                using (_html.Tag("span", ("class", $"key k{kind}")))
                    _html.Text(_words.Kind(kind));
            }
        }
    }

    private void AddFailures()
    {
        EngineFigures[] engines = _report.Engines.Where(engine => engine.Counts[1] > 0).ToArray();
        if (engines.Length == 0)
        {
            _html.Text("p", _words.NothingFailed);
            return;
        }

        IEnumerable<(EngineFigures Engine, FailureKind? Kind)> rows = engines.Take(_report.Limits.Engines).SelectMany(engine =>
            engine.Failures.Select(kind => (engine, (FailureKind?)kind)).Concat(engine.OtherFailures > 0 ? [(engine, null)] : []));
        Table([_words.Engine, "#" + _words.Count, _words.Type, _words.Step, _words.Reason, _words.Newest], rows, style: "failures", add: row =>
        {
            bool isFirst = row.Kind == row.Engine.Failures[0];
            RowHead(() => AddEngine(row.Engine, isRepeated: !isFirst));
            Number(ReportWords.N(row.Kind?.Count ?? row.Engine.OtherFailures));
            if (row.Kind is not { } kind)
            {
                using (_html.Tag("td", ("colspan", "4")))
                    _html.Text(_words.MoreFailures(row.Engine.OtherFailures));

                return;
            }

            Cell(kind.Newest.Type);
            Cell(kind.Newest.Step);
            Cell(kind.Newest.IsBare ? _words.NotRead : kind.Newest.Reason, "reason");
            using (_html.Tag("td"))
                Link(kind.Newest, withStart: true);
        });
        MoreEngines(engines.Length);
    }

    private void AddFigures()
    {
        Table(
            [_words.Engine, "#" + _words.Jobs, "#" + _words.Finished, "#" + _words.Failed, "#%", "#" + _words.Running, "#" + _words.Median, "#" + _words.Longest, _words.Job],
            _report.Engines.Take(_report.Limits.Engines), engine =>
            {
                int all = engine.Counts.Sum();
                RowHead(() => AddEngine(engine, isRepeated: false));
                Number(ReportWords.N(all));
                Number(ReportWords.N(engine.Counts[0]));
                Number(ReportWords.N(engine.Counts[1]), engine.Counts[1] > 0 ? "k1" : null);
                Number(ReportWords.Percent(engine.Counts[1], all));
                Number(ReportWords.N(engine.Counts[2] + engine.Counts[3]));
                Number(ReportWords.Span(engine.Median));
                Number(ReportWords.Span(engine.Longest?.Took));
                using (_html.Tag("td"))
                {
                    if (engine.Longest is { Took: not null } longest)
                        Link(longest, withStart: false);
                }
            });
        MoreEngines(_report.Engines.Count);
    }

    private void AddList()
    {
        int shown = Math.Min(_report.Jobs.Count, _report.Limits.Listed);
        using (_html.Tag("details"))
        {
            _html.Text("summary", $"{_words.AllJobs} ({ReportWords.N(shown)})");
            if (shown < _report.Jobs.Count)
                _html.Text("p", _words.Listed(shown, _report.Jobs.Count));

            Table([_words.Start, _words.Engine, _words.Job, _words.Type, _words.Status, "#" + _words.Duration, _words.User], _report.Jobs.Take(shown), job =>
            {
                RowHead(() => AddStart(job));
                Cell(job.Engine);
                using (_html.Tag("td"))
                    Link(job, withStart: false);

                Cell(job.Type);
                AddStatus(job.Status, job.StatusText);
                Number(ReportWords.Span(job.Took));
                Cell(job.User);
            });
        }
    }

    /// <summary>A table that can be scrolled, also by the keyboard, where the page is narrow. A heading with # in front is that of numbers.</summary>
    private void Table<T>(string[] headings, IEnumerable<T> rows, Action<T> add, string? style = null)
    {
        using (_html.Tag("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", _section)))
        using (_html.Tag("table", ("class", style)))
        {
            using (_html.Tag("thead"))
            using (_html.Tag("tr"))
            {
                foreach (string heading in headings)
                    _html.Text("th", heading.TrimStart('#'), ("scope", "col"), ("class", heading.StartsWith('#') ? "number" : null));
            }

            using (_html.Tag("tbody"))
            {
                foreach (T row in rows)
                {
                    using (_html.Tag("tr"))
                        add(row);
                }
            }
        }
    }

    private void MoreEngines(int engines)
    {
        if (engines > _report.Limits.Engines)
            _html.Text("p", _words.MoreEngines(engines - _report.Limits.Engines));
    }

    // For the ear each row names its engine; for the eye the first of several is enough.
    private void AddEngine(EngineFigures engine, bool isRepeated)
    {
        string name = engine.Session.Length > 0 && _report.Sessions.Count > 1 ? $"{engine.Name} · {engine.Session}" : engine.Name;
        _html.Text("span", name, ("class", isRepeated ? "repeated" : null));
    }

    private void AddStart(JobFacts job)
    {
        if (job.Start is { } start)
            _html.Time(start);
        else
            _html.Text(_words.NotBegun);
    }

    private void AddStatus(JobStatus status, string text) => Cell($"{Glyphs.Unicode.Mark(status)} {text}", $"k{Glyphs.Kind(status)}");

    private void Link(JobFacts job, bool withStart)
    {
        if (_anchors.TryGetValue(job, out string? anchor))
            _html.Text("a", job.Id, ("href", "#" + anchor));
        else
            _html.Text(job.Id);

        if (!withStart || job.Start is not { } start)
            return;

        _html.Text(" ");
        _html.Time(start);
    }

    private void RowHead(Action add)
    {
        using (_html.Tag("th", ("scope", "row")))
            add();
    }

    private void Cell(string text, string? style = null) => _html.Text("td", text, ("class", style));

    private void Number(string text, string? style = null) => _html.Text("td", text, ("class", style is null ? "number" : "number " + style));

    private void Rect(string style, double x, double width, double y, double height)
    {
        using (_html.Tag("rect", ("class", style), ("x", Percent(x)), ("width", Percent(width)), ("y", Invariant(y)), ("height", Invariant(height))))
        {
        }
    }

    private static string Percent(double value) => Invariant(value) + "%";

    private static string Invariant(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Date(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
