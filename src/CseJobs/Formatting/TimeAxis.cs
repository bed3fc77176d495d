namespace CseJobs.Formatting;

/// <summary>The time that the bars of a timeline share: from the job's start to its end, or to now while it runs.</summary>
internal sealed class TimeAxis
{
    private TimeAxis(DateTime start, DateTime end, bool isOpen)
    {
        Start = start;
        End = end;
        IsOpen = isOpen;
    }

    public DateTime Start { get; }

    public DateTime End { get; }

    /// <summary>Whether it ends now, and not with the job.</summary>
    public bool IsOpen { get; }

    /// <summary>Null where nothing has begun. What the job itself does not tell is taken from its steps.</summary>
    public static TimeAxis? Of(TimelineJob job, DateTime now)
    {
        DateTime[] starts = job.Steps.Where(step => step.Start is not null).Select(step => step.Start!.Value).ToArray();
        if ((job.Whole.Start ?? (starts.Length > 0 ? starts.Min() : null)) is not { } start)
        {
            return null;
        }

        // A job that runs again after a failure may still have the end of its first try.
        bool isOpen = job.Whole.IsRunning || (job.Whole.End is null && job.Steps.Any(step => step.IsRunning));
        DateTime end = isOpen ? now
            : job.Whole.End >= start ? job.Whole.End!.Value
            : job.Steps.Select(step => step.End ?? step.Start ?? start).Append(start).Max();
        return new TimeAxis(start, end > start ? end : start, isOpen);
    }

    /// <summary>
    /// The cells of a step's bar. It has one at least, however short the step, and keeps within the axis, whatever the
    /// clocks of the server's machines say. A bar without an end is one mark, a running one reaches to the end of the axis.
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

    /// <summary>How long a step took, or has taken so far; null if it has not begun or its end is not known.</summary>
    public TimeSpan? Took(TimelineStep step)
    {
        DateTime? end = step.IsRunning ? End > step.Start ? End : step.Start : step.End;
        return end >= step.Start ? end - step.Start : null;
    }

    // Rounded, so that of two steps that follow each other the second begins where the first ends.
    private int Cell(DateTime time, int width)
    {
        long whole = (End - Start).Ticks;
        double part = whole == 0 ? 0 : (double)(time - Start).Ticks / whole;
        return (int)Math.Round(Math.Max(0, Math.Min(1, part)) * width, MidpointRounding.AwayFromZero);
    }
}
