using System.Text.RegularExpressions;
using CseJobs.Client.Json;

namespace CseJobs.Client.Model;

/// <summary>What a job tells of itself, taken from its sub-jobs only when somebody asks: whoever lists many jobs does not pay for it.</summary>
internal static class JobStory
{
    private const string Ending = "TaskExecutor";
    private const int MaxReason = 300;

    // In outputs that are JSON; the first of these that has a text.
    private static readonly string[] MessageFields = ["message", "errormessage", "error_message", "error_msg", "errormsg", "msg", "reason", "error", "detail"];

    // What logs begin their lines with, in any order and with any brackets. No lower-case levels: sentences begin with such words.
    private static readonly Regex Prefix = new(
        @"^(?:[\s\[(<|]*(?:\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?|\d\d:\d\d:\d\d(?:[.,]\d+)?"
        + @"|(?<failure>ERROR|FATAL|SEVERE|CRITICAL)|TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?)[\])>:|,\s-]+)+",
        RegexOptions.CultureInvariant);

    // Frames of a stack, and lines without a word.
    private static readonly Regex SaysNothing = new(@"^(?:at\s|\.\.\.\s\d+ more|[^\p{L}\p{N}]*$)", RegexOptions.CultureInvariant);

    /// <summary>See <see cref="EngineJob.Step"/>.</summary>
    public static string? Step(EngineJob job)
    {
        JobStatus status = job.Status;
        if (status is JobStatus.Finished or JobStatus.Init or JobStatus.PreInit)
            return null;

        JobTask? task = job.Tasks.FirstOrDefault(task => IsCurrent(task.Status));
        string name = SafeText.OneLine((task is null ? job.Phases.FirstOrDefault(phase => IsCurrent(phase.Status))?.TaskName : task.TaskName) ?? string.Empty);
        return name.Length == 0 ? null : name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;

        // Steps that failed do not count while the job runs, it may have been retried. Both count for a job of unknown status.
        bool IsCurrent(JobStatus step) => step switch
        {
            JobStatus.Error or JobStatus.Timeout => status != JobStatus.Executing,
            JobStatus.Executing => status is JobStatus.Executing or JobStatus.Unknown,
            _ => false,
        };
    }

    /// <summary>See <see cref="EngineJob.Reason"/>.</summary>
    public static string? Reason(EngineJob job)
    {
        // Without sub-jobs nothing tells why: the description says what the job is to do.
        if (!job.Failed || (job.Tasks.Count == 0 && job.Phases.Count == 0))
            return null;

        JobTask? task = job.Tasks.FirstOrDefault(task => task.Status is JobStatus.Error or JobStatus.Timeout);
        string text = SafeText.OneLine(SafeText.Clean(OfLog(task?.Log) ?? OfText(task?.Output) ?? job.Description ?? string.Empty)).Trim();
        return text.Length == 0 ? null : text.Length <= MaxReason ? text : SafeText.Clean(text[..MaxReason]) + "…";
    }

    private static string? OfLog(string? log)
    {
        string[] lines = (log ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? line = lines.LastOrDefault(line => Prefix.Match(line).Groups["failure"].Success) ?? lines.LastOrDefault(line => !SaysNothing.IsMatch(line));
        return line is null ? null : OfText(Prefix.Replace(line, string.Empty));
    }

    private static string? OfText(string? text) =>
        text is null or "null" || !text.Any(char.IsLetterOrDigit) ? null : text.TrimStart().StartsWith('{') ? Message(text) ?? text : text;

    private static string? Message(string json)
    {
        try
        {
            return JsonFieldReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool(), Message);
        }
        catch (JsonException)
        {
            // No JSON after all: it speaks for itself.
            return null;
        }
    }

    private static string? Message(ref JsonFieldReader json)
    {
        json.Enter("An output");
        string? message = null;
        int best = MessageFields.Length;
        while (json.NextField())
        {
            int field = Array.IndexOf(MessageFields, json.Name.ToString());
            JsonTokenType kind = json.Value();
            string? text = field < 0 || field >= best ? null : kind == JsonTokenType.StartObject ? Message(ref json) : kind == JsonTokenType.String ? json.Text() : null;
            if (string.IsNullOrWhiteSpace(text))
                json.Skip();
            else
                (message, best) = (text, field);
        }

        return message;
    }
}
