using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <summary>
/// The jobs of each day by status; of each week where there are more days than bars, and of each month where there are more weeks. Days
/// are local, as the times of the report are, and weeks begin on Monday (ISO 8601).
/// </summary>
internal sealed class DayChart
{
    private const int MaxBars = 62;

    /// <summary>What a bar stands for.</summary>
    public TimeUnit Unit { get; private init; }

    /// <summary>First day of each bar, and its jobs of each <see cref="Glyphs.Kind"/>; without gaps.</summary>
    public IReadOnlyList<(DateTime From, int[] Counts)> Bars { get; private init; } = [];

    /// <summary>Jobs that began before the first bar.</summary>
    public int Earlier { get; private init; }

    /// <summary>Jobs that have not begun.</summary>
    public int NotBegun { get; private init; }

    public static DayChart Of(IReadOnlyList<JobFacts> jobs)
    {
        JobFacts[] begun = jobs.Where(job => job.Start is not null).ToArray();
        if (begun.Length == 0)
            return new DayChart { NotBegun = jobs.Count };

        // A few jobs of long ago must not make one bar of all others: a twentieth of them may be left out.
        Array.Sort(begun, (one, other) => one.Start!.Value.CompareTo(other.Start!.Value));
        DateTime first = begun[begun.Length / 20].Start!.Value.ToLocalTime();
        DateTime last = begun[^1].Start!.Value.ToLocalTime();
        TimeUnit unit = (last - first).TotalDays switch { < MaxBars - 1 => TimeUnit.Day, < (MaxBars - 1) * 7 => TimeUnit.Week, _ => TimeUnit.Month };

        // One time of a thousand years ago must not make ten thousand bars.
        var bars = new List<(DateTime From, int[] Counts)>();
        for (DateTime from = unit.StartOf(last); bars.Count < MaxBars && from >= unit.StartOf(first); from = unit.StartOf(from.AddTicks(-1)))
            bars.Add((from, new int[JobReport.Kinds]));

        bars.Reverse();
        Dictionary<DateTime, int[]> byStart = bars.ToDictionary(bar => bar.From, bar => bar.Counts);
        int earlier = 0;
        foreach (JobFacts job in begun)
        {
            if (byStart.TryGetValue(unit.StartOf(job.Start!.Value.ToLocalTime()), out int[]? counts))
                counts[Glyphs.Kind(job.Status)]++;
            else
                earlier++;
        }

        return new DayChart { Unit = unit, Bars = bars, Earlier = earlier, NotBegun = jobs.Count - begun.Length };
    }
}
