using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CseJobs.Reporting;

/// <summary>
/// The report as one page that needs nothing else: no script, no request, and a policy of its own under which a browser would run and
/// load none. Its style is named by its hash, so that nothing else styles it either.
/// </summary>
internal sealed partial class HtmlReport
{
    private static readonly string Css = ReadCss();

    private readonly HtmlWriter _html = new();
    private readonly JobReport _report;
    private readonly ReportWords _words;
    private readonly Dictionary<JobFacts, string> _anchors = new();
    private string _section = string.Empty;

    private HtmlReport(JobReport report, ReportWords words)
    {
        _report = report;
        _words = words;
        foreach (JobFacts job in report.FailedInFull.Concat(report.RunningInFull))
            _anchors.Add(job, $"job{_anchors.Count + 1}");
    }

    public static string Write(JobReport report, ReportWords words)
    {
        var page = new HtmlReport(report, words);
        using (page._html.Tag("html", ("lang", words.Language)))
        {
            page.AddHead();
            using (page._html.Tag("body"))
                page.AddBody();
        }

        return page._html.ToString();
    }

    private static string ReadCss()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CseJobs.Reporting.report.css")!;
        using var reader = new StreamReader(stream);

        // As the parser of HTML reads line ends: the hash is of that.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private void AddHead()
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));
        using (_html.Tag("head"))
        {
            _html.Void("meta", ("charset", "utf-8"));
            _html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
            _html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            _html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            _html.Text("title", _report.Title);
            _html.Style(Css);
        }
    }

    private void AddBody()
    {
        using (_html.Tag("header"))
        {
            _html.Text("h1", _report.Title);
            AddFacts();
        }

        using (_html.Tag("main"))
        {
            if (_report.Jobs.Count == 0)
                _html.Text("p", _words.NoJobs);
            else
                AddSections();
        }

        using (_html.Tag("footer"))
        {
            if (_report.Unread.Count > 0)
                _html.Text("p", _words.UnreadJobs(_report.Unread.Count));

            _html.Text("p", $"{_words.MadeWith} CseJobs {Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}");
        }
    }

    private void AddFacts()
    {
        using (_html.Tag("dl", ("class", "facts")))
        {
            if (_report.Starts.Any())
            {
                Fact(_words.Window, () =>
                {
                    _html.Time(_report.Starts.Min());
                    _html.Text($" {_words.To} ");
                    _html.Time(_report.Starts.Max());
                });
            }

            if (_report.Sessions.Count > 0)
                Fact(_words.Sessions, () => _html.Text(string.Join(", ", _report.Sessions)));

            Fact(_words.Zone, () => _html.Text(ReportWords.ZoneOf(_report.Starts.Append(_report.Now))));
            Fact(_words.Made, () => _html.Time(_report.Now));
        }

        using (_html.Tag("dl", ("class", "counts")))
        {
            Fact(_words.Jobs, () => _html.Text(ReportWords.N(_report.Jobs.Count)));
            Fact(_words.Engines, () => _html.Text(ReportWords.N(_report.Engines.Count)));
            for (int kind = 0; kind < JobReport.Kinds; kind++)
            {
                int count = _report.Counts[kind];
                if (count == 0 && kind > 1)
                    continue;

                string share = kind == 1 && count > 0 ? $" ({ReportWords.Percent(count, _report.Jobs.Count)})" : string.Empty;
                Fact(_words.Kind(kind), () => _html.Text(ReportWords.N(count) + share), $"k{kind}");
            }
        }
    }

    private void AddSections()
    {
        Section("chart", _words.Per(_report.Chart.Unit), AddChart);
        Section("by-engine", _words.WhatFailed, AddFailures);
        AddJobs("failed", _words.FailedJobs, _report.FailedInFull, _report.Failed);
        AddJobs("running", _words.RunningJobs, _report.RunningInFull, _report.Jobs.Count(job => job.IsRunning));
        Section("figures", _words.Figures, AddFigures);
        Section("all", _words.AllJobs, AddList);
    }

    private void AddJobs(string id, string heading, IReadOnlyList<JobFacts> jobs, int all)
    {
        if (all == 0)
            return;

        Section(id, heading, () =>
        {
            if (jobs.Count < all)
                _html.Text("p", _words.ShownInFull(jobs.Count, all));

            for (int i = 0; i < jobs.Count; i++)
                AddJob(jobs[i], isOpen: i < _report.Limits.Open);
        });
    }

    private void Section(string id, string heading, Action add)
    {
        _section = id;
        using (_html.Tag("section", ("aria-labelledby", id)))
        {
            _html.Text("h2", heading, ("id", id));
            add();
        }
    }

    private void Fact(string name, Action add, string? style = null)
    {
        using (_html.Tag("div", ("class", style)))
        {
            _html.Text("dt", name);
            using (_html.Tag("dd"))
                add();
        }
    }
}
