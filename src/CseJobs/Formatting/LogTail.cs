namespace CseJobs.Formatting;

/// <summary>The end of a sub-job's log: that is where the reason of a failure stands.</summary>
internal static class LogTail
{
    private const int Lines = 5;

    private static readonly string[] LineEnds = { "\r\n", "\n" };

    /// <summary>The last lines that are not empty, as the server sent them.</summary>
    public static IReadOnlyList<string> Of(string? log)
    {
        string[] lines = (log ?? string.Empty).Split(LineEnds, StringSplitOptions.RemoveEmptyEntries);
        return new ArraySegment<string>(lines, Math.Max(0, lines.Length - Lines), Math.Min(Lines, lines.Length));
    }
}
