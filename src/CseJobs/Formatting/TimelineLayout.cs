namespace CseJobs.Formatting;

/// <summary>The texts of a step's line.</summary>
internal sealed record TimelineRow(TimelineStep Step, string Name, string Clock, string Duration, string Status);

/// <summary>
/// Widths of the columns of a timeline. Names, times and statuses get what they need and the bars what is left, at most
/// <see cref="MaxBar"/>. Notes are shown when they leave the bars <see cref="PreferredBar"/>. The width of a column that is not shown is 0:
/// bars when no step has a start, statuses when every step's mark says enough, notes when there is no room.
/// </summary>
internal sealed record TimelineLayout(int Name, int Bar, int Clock, int Duration, int Status, int Note)
{
    private const int MinBar = 14;
    private const int MaxBar = 80;
    private const int MinName = 12;
    private const int MaxStatus = 12;
    private const int MinNote = 12;

    // Bars of this width are readable; what is left over goes to the notes first.
    private const int PreferredBar = 32;

    public static TimelineLayout Of(IReadOnlyList<TimelineRow> rows, int width)
    {
        bool hasBars = rows.Any(row => row.Step.Start is not null);
        int clock = Widest(row => row.Clock);
        int duration = Widest(row => row.Duration);
        int status = Math.Min(MaxStatus, Widest(row => row.Status));

        // Two blanks before each column; one before the bar.
        int rest = width - 1 - (clock > 0 ? 2 + clock + 2 + duration : 0) - (status > 0 ? 2 + status : 0);
        int name = Math.Min(rows.Select(row => 2 * row.Step.Depth + 2 + TextWidth.Of(row.Name)).DefaultIfEmpty().Max(), Math.Max(MinName, rest - MinBar));
        rest = Math.Max(0, rest - name);

        int note = Math.Min(Widest(row => row.Step.Note), rest - 2 - (hasBars ? PreferredBar : 0));
        note = note >= MinNote ? note : 0;
        int bar = hasBars ? Math.Min(note > 0 ? rest - 2 - note : rest, MaxBar) : 0;
        return new TimelineLayout(name, bar, clock, duration, status, note);

        int Widest(Func<TimelineRow, string> text) => rows.Select(row => TextWidth.Of(text(row))).DefaultIfEmpty().Max();
    }
}

/// <summary>The span of time that the bars of a timeline share: from the job's start to its end, or to now while it runs.</summary>
/// <param name="Start">Start, in UTC.</param>
/// <param name="End">End, in UTC; not before the start.</param>
/// <param name="IsOpen">Whether it ends now, because the job runs.</param>
internal sealed record TimeAxis(DateTime Start, DateTime End, bool IsOpen)
{
    /// <summary>The axis of a job; null when nothing has started. Times that the job lacks are taken from its steps.</summary>
    public static TimeAxis? Of(TimelineJob job, DateTime now)
    {
        if ((job.Whole.Start ?? job.Steps.Min(step => step.Start)) is not { } start)
            return null;

        // A job that was retried after a failure may still have the end of its first run.
        bool isOpen = job.Whole.IsRunning || (job.Whole.End is null && job.Steps.Any(step => step.IsRunning));
        DateTime end = isOpen ? now
            : job.Whole.End >= start ? job.Whole.End!.Value
            : job.Steps.Select(step => step.End ?? step.Start ?? start).Append(start).Max();
        return new TimeAxis(start, end > start ? end : start, isOpen);
    }

    /// <summary>
    /// The cells of the bar of a step that has a start: at least one, and all within the axis, even where the server's machines have different clocks.
    /// A step without an end has one cell, a running one reaches to the end of the axis.
    /// </summary>
    public (int From, int Length) Bar(TimelineStep step, int width)
    {
        DateTime start = step.Start!.Value;
        int from = Math.Min(Cell(start, width), width - 1);
        int to = step.IsRunning ? width : Cell(step.End ?? start, width);
        return (from, Math.Max(1, to - from));
    }

    /// <summary>How long a step took, or has taken so far; null when its start or end is not known.</summary>
    public TimeSpan? Duration(TimelineStep step)
    {
        DateTime? end = step.IsRunning ? End > step.Start ? End : step.Start : step.End;
        return end >= step.Start ? end - step.Start : null;
    }

    // Rounded, so that a step begins in the cell where the one before it ends.
    private int Cell(DateTime time, int width)
    {
        double part = End == Start ? 0 : (time - Start) / (End - Start);
        return (int)Math.Round(Math.Clamp(part, 0, 1) * width, MidpointRounding.AwayFromZero);
    }
}
