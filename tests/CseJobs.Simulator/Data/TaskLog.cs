using System.Globalization;

namespace CseJobs.Simulator.Data;

/// <summary>The log of a sub-job: empty unless something is to be told, as in the specification's sample.</summary>
internal static class TaskLog
{
    public static string Write(TaskTemplate template, TaskTimes times)
    {
        if (times.Start is not long start)
        {
            return "";
        }

        long end = times.End ?? start;
        return times.Status switch
        {
            JobStatuses.Error =>
                Line(start, "INFO", $"{template.Name} started") + "\n"
                + Line(start + ((end - start) / 2), "WARN", "attempt 1 of 2 failed: node 192.168.0.17 is not ready") + "\n"
                + Line(end, "ERROR", $"{template.Description} failed: instance did not become ready"),
            JobStatuses.Timeout =>
                Line(start, "INFO", $"{template.Name} started") + "\n"
                + Line(start + ((end - start) / 2), "INFO", "waiting for pod cse-engine-0 (0/1 ready)") + "\n"
                + Line(end, "ERROR", $"{template.Description} gave up after {(end - start) / 1000} s"),
            JobStatuses.Executing => Line(start, "INFO", $"{template.Name} started"),
            _ => "",
        };
    }

    private static string Line(long at, string level, string text) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(at):yyyy-MM-ddTHH:mm:ssZ} {level} {text}");
}
