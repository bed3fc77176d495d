using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace CseJobs.Formatting;

/// <summary>Draws a job with its phases and sub-jobs as a tree, one line a step, within the width of the console.</summary>
internal sealed class JobTree
{
    private const int NameWidth = 34;
    private const int StatusWidth = 9;
    private const int LogLines = 5;

    private static readonly string[] LineEnds = { "\r\n", "\n" };

    private readonly List<string> _lines = new();
    private readonly int _width = ConsoleWidth();
    private readonly DateTime? _day;

    private JobTree(EngineJob job) => _day = job.StartTime?.Date;

    public static string[] Draw(EngineJob job)
    {
        var tree = new JobTree(job);
        tree.AddHead(job);
        for (int i = 0; i < job.Phases.Count; i++)
        {
            tree.AddPhase(job.Phases[i], isLast: i == job.Phases.Count - 1);
        }

        if (job.Phases.Count == 0)
        {
            tree.AddTasks(job.Tasks, string.Empty);
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

    private void AddHead(EngineJob job)
    {
        string status = Palette.Paint(job.Status, Shown(job.StatusText));
        string start = job.StartTime?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not started";
        string end = job.Duration is { } duration ? $"  took {ViewText.Duration(duration)}" : string.Empty;
        _lines.Add($"Job {job.Id}  {Shown(job.TypeText)}  {status}  {start}{end}");

        string user = string.IsNullOrEmpty(job.CreateUser) ? string.Empty : $"by {ViewText.OneLine(job.CreateUser!)}  ";
        string note = (user + ViewText.OneLine(job.Description ?? string.Empty)).Trim();
        if (note.Length > 0)
        {
            _lines.Add(ViewText.Cut(note, _width - 1));
        }
    }

    private void AddPhase(JobPhase phase, bool isLast)
    {
        AddStep(isLast ? "└─ " : "├─ ", phase.TaskName, phase.Status, phase.StatusText, phase.StartTime, phase.EndTime, phase.TaskExecutorBrief);
        AddTasks(phase.Tasks, isLast ? "   " : "│  ");
    }

    private void AddTasks(IReadOnlyList<JobTask> tasks, string indent)
    {
        for (int i = 0; i < tasks.Count; i++)
        {
            JobTask task = tasks[i];
            bool isLast = i == tasks.Count - 1;
            AddStep(indent + (isLast ? "└─ " : "├─ "), task.TaskName, task.Status, task.StatusText, task.StartTime, task.EndTime, task.TaskExecutorBrief);
            if (task.Status is JobStatus.Error or JobStatus.Timeout)
            {
                AddLog(indent + (isLast ? "   " : "│  "), task.Log);
            }
        }
    }

    private void AddStep(string lead, string? name, JobStatus status, string? statusText, DateTime? start, DateTime? end, TaskBrief? brief)
    {
        int nameWidth = NameWidth - lead.Length;
        string left = lead + ViewText.Cut(Shown(name), nameWidth).PadRight(nameWidth) + " ";
        string state = ViewText.Cut(Shown(statusText), StatusWidth).PadRight(StatusWidth);
        string when = $"  {Clock(start),8}  {Took(start, end),9}  ";
        string note = ViewText.OneLine(brief?.Description ?? string.Empty);
        int room = _width - 1 - left.Length - state.Length - when.Length;
        _lines.Add((left + Palette.Paint(status, state) + when + Palette.Dim(ViewText.Cut(note, room))).TrimEnd());
    }

    /// <summary>The end of a failed sub-job's log: that is where the reason stands.</summary>
    private void AddLog(string indent, string? log)
    {
        string[] lines = (log ?? string.Empty).Split(LineEnds, StringSplitOptions.RemoveEmptyEntries);
        for (int i = Math.Max(0, lines.Length - LogLines); i < lines.Length; i++)
        {
            string line = ViewText.Cut(ViewText.OneLine(lines[i]), _width - 3 - indent.Length);
            _lines.Add($"{indent}  {Palette.Paint(JobStatus.Error, line)}");
        }
    }

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "-" : ViewText.OneLine(text!);

    // The day stands in the head; a step of another day repeats its own.
    private string Clock(DateTime? time) =>
        time?.ToString(time.Value.Date == _day ? "HH:mm:ss" : "MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Took(DateTime? start, DateTime? end) =>
        start is null ? string.Empty : end >= start ? ViewText.Duration(end - start) : "not ended";
}
