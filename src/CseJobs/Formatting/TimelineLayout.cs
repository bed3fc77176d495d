namespace CseJobs.Formatting;

/// <summary>
/// Widths of the columns of a timeline. Names, times and statuses get what they need and the bars what is left, at most
/// <see cref="MaxBar"/>. Notes are shown when they leave the bars <see cref="PreferredBar"/>.
/// </summary>
internal sealed class TimelineLayout
{
    private const int MinBar = 14;
    private const int MaxBar = 80;
    private const int MinName = 12;
    private const int MaxStatus = 12;
    private const int MinNote = 12;

    // Bars of this width are readable; what is left over goes to the notes first.
    private const int PreferredBar = 32;

    public TimelineLayout(
        int width,
        IReadOnlyList<TimelineStep> steps,
        Func<TimelineStep, string> name,
        Func<TimelineStep, string> clock,
        Func<TimelineStep, string> duration,
        Func<TimelineStep, string> status)
    {
        bool hasBars = steps.Any(step => step.Start is not null);
        Clock = WidthOf(steps, clock);
        Duration = WidthOf(steps, duration);
        Status = Math.Min(MaxStatus, WidthOf(steps, status));

        // Two blanks before each column; one before the bar.
        int rest = width - 1 - (Clock > 0 ? 2 + Clock + 2 + Duration : 0) - (Status > 0 ? 2 + Status : 0);
        Name = Math.Min(WidthOf(steps, name), Math.Max(MinName, rest - MinBar));
        rest = Math.Max(0, rest - Name);

        int note = Math.Min(WidthOf(steps, step => step.Note), rest - 2 - (hasBars ? PreferredBar : 0));
        Note = note >= MinNote ? note : 0;
        Bar = hasBars ? Math.Min(Note > 0 ? rest - 2 - Note : rest, MaxBar) : 0;
    }

    /// <summary>Mark and name with their indent.</summary>
    public int Name { get; }

    public int Bar { get; }

    public int Clock { get; }

    public int Duration { get; }

    /// <summary>Statuses as texts; 0 when every step's mark says enough.</summary>
    public int Status { get; }

    /// <summary>Notes; 0 when there is no room.</summary>
    public int Note { get; }

    private static int WidthOf(IReadOnlyList<TimelineStep> steps, Func<TimelineStep, string> text) =>
        steps.Count == 0 ? 0 : steps.Max(step => TextWidth.Of(text(step)));
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
        DateTime[] starts = job.Steps.Where(step => step.Start is not null).Select(step => step.Start!.Value).ToArray();
        if ((job.Whole.Start ?? (starts.Length > 0 ? starts.Min() : null)) is not { } start)
            return null;

        // A job that was retried after a failure may still have the end of its first run.
        bool isOpen = job.Whole.IsRunning || (job.Whole.End is null && job.Steps.Any(step => step.IsRunning));
        DateTime end = isOpen ? now
            : job.Whole.End >= start ? job.Whole.End!.Value
            : job.Steps.Select(step => step.End ?? step.Start ?? start).Append(start).Max();
        return new TimeAxis(start, end > start ? end : start, isOpen);
    }

    /// <summary>
    /// The cells of a step's bar: at least one, and all within the axis, even where the server's machines have different clocks.
    /// A step without an end has one cell, a running one reaches to the end of the axis.
    /// </summary>
    /// <param name="step">The step; it has a start.</param>
    /// <param name="width">Cells of the whole axis.</param>
    /// <returns>First cell and number of cells.</returns>
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
