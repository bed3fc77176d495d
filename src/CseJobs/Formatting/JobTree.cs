using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace CseJobs.Formatting;

/// <summary>Draws a job with its phases and sub-jobs as a tree, one line a step, within the width of the console. Live and deserialised jobs alike.</summary>
internal sealed class JobTree
{
    private const int NameWidth = 34;
    private const int StatusWidth = 9;
    private const int LogLines = 5;

    private static readonly string[] LineEnds = { "\r\n", "\n" };

    private readonly List<string> _lines = new();
    private readonly int _width = ConsoleWidth();
    private readonly DateTime? _day;

    private JobTree(PSObject job) => _day = ViewValue.Time(job, "StartTime")?.Date;

    public static string[] Draw(PSObject job)
    {
        var tree = new JobTree(job);
        tree.AddHead(job);
        IReadOnlyList<PSObject> phases = ViewValue.Items(job, "Phases");
        for (int i = 0; i < phases.Count; i++)
        {
            bool isLast = i == phases.Count - 1;
            tree.AddStep(isLast ? "└─ " : "├─ ", phases[i]);
            tree.AddTasks(ViewValue.Items(phases[i], "Tasks"), isLast ? "   " : "│  ");
        }

        if (phases.Count == 0)
        {
            tree.AddTasks(ViewValue.Items(job, "Tasks"), string.Empty);
        }

        return tree._lines.ToArray();
    }

    private static int ConsoleWidth()
    {
        try
        {
            // 80 is also what the engine takes when there is no console to ask.
            return Console.IsOutputRedirected || Console.WindowWidth < 40 ? 80 : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 80;
        }
    }

    private void AddHead(PSObject job)
    {
        string status = Palette.Paint(ViewValue.Status(job), Shown(job, "StatusText"));
        string start = ViewValue.Time(job, "StartTime")?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not started";
        string end = ViewValue.Span(job, "Duration") is { } duration ? $"  took {ViewText.Duration(duration)}" : string.Empty;
        _lines.Add($"Job {ViewValue.Text(job, "Id")}  {Shown(job, "TypeText")}  {status}  {start}{end}");

        string user = ViewValue.OneLine(job, "CreateUser");
        string note = ((user.Length == 0 ? string.Empty : $"by {user}  ") + ViewValue.OneLine(job, "Description")).Trim();
        if (note.Length > 0)
        {
            _lines.Add(ViewText.Cut(note, _width - 1));
        }
    }

    private void AddTasks(IReadOnlyList<PSObject> tasks, string indent)
    {
        for (int i = 0; i < tasks.Count; i++)
        {
            bool isLast = i == tasks.Count - 1;
            AddStep(indent + (isLast ? "└─ " : "├─ "), tasks[i]);
            if (ViewValue.Status(tasks[i]) is JobStatus.Error or JobStatus.Timeout)
            {
                AddLog(indent + (isLast ? "   " : "│  "), ViewValue.Text(tasks[i], "Log"));
            }
        }
    }

    /// <param name="lead">The branches before it.</param>
    /// <param name="step">A phase or sub-job.</param>
    private void AddStep(string lead, PSObject step)
    {
        int nameWidth = NameWidth - lead.Length;
        string left = lead + ViewText.Cut(Shown(step, "TaskName"), nameWidth).PadRight(nameWidth) + " ";
        string state = ViewText.Cut(Shown(step, "StatusText"), StatusWidth).PadRight(StatusWidth);
        string when = $"  {Clock(ViewValue.Time(step, "StartTime")),8}  {Took(step),9}  ";
        string note = ViewValue.Item(step, "TaskExecutorBrief") is { } brief ? ViewValue.OneLine(brief, "Description") : string.Empty;
        int room = _width - 1 - left.Length - state.Length - when.Length;
        _lines.Add((left + Palette.Paint(ViewValue.Status(step), state) + when + Palette.Dim(ViewText.Cut(note, room))).TrimEnd());
    }

    /// <summary>The end of a failed sub-job's log: that is where the reason stands.</summary>
    private void AddLog(string indent, string log)
    {
        string[] lines = log.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries);
        for (int i = Math.Max(0, lines.Length - LogLines); i < lines.Length; i++)
        {
            // Nothing of the reason may be lost: a long line goes on below itself.
            string line = ViewText.OneLine(lines[i]);
            int room = Math.Max(20, _width - 3 - indent.Length);
            for (int start = 0; start < line.Length; start += room)
            {
                string piece = line.Substring(start, Math.Min(room, line.Length - start));
                _lines.Add($"{indent}  {Palette.Paint(JobStatus.Error, piece)}");
            }
        }
    }

    private static string Shown(PSObject item, string property) => ViewValue.OneLine(item, property) is { Length: > 0 } text ? text : "-";

    // The day stands in the head; a step of another day repeats its own.
    private string Clock(DateTime? time) =>
        time?.ToString(time.Value.Date == _day ? "HH:mm:ss" : "MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Took(PSObject step)
    {
        if (ViewValue.Time(step, "StartTime") is null)
        {
            return string.Empty;
        }

        return ViewValue.Span(step, "Duration") is { } duration ? ViewText.Duration(duration) : "not ended";
    }
}
