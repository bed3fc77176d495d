using CseJobs.Reporting;

namespace CseJobs;

/// <summary>
/// How many jobs of a group there are, how many of them failed, and how long they took. What the group has in common stands in properties
/// that Measure-CseEngineJob adds, one for each kind of -By.
/// </summary>
public sealed class JobFigures
{
    private readonly Durations _durations;

    internal JobFigures(int count, int failed, Durations durations, object? longest)
    {
        Count = count;
        Failed = failed;
        _durations = durations;
        Longest = longest;
    }

    /// <summary>Number of jobs.</summary>
    public int Count { get; }

    /// <summary>Number of jobs at Error or Timeout.</summary>
    public int Failed { get; }

    /// <summary>Failed jobs of a hundred, with one decimal.</summary>
    public double FailedPercent => Count == 0 ? 0 : Math.Round(100.0 * Failed / Count, 1);

    /// <summary>Median of the durations of the jobs that have ended, exact; null when none has.</summary>
    public TimeSpan? MedianDuration => _durations.Median;

    /// <summary>The duration that 95 of a hundred ended jobs did not exceed, by nearest rank, exact; null when none has ended.</summary>
    public TimeSpan? P95Duration => _durations.Percentile(95);

    /// <summary>The ended job that took longest, as it was piped in; null when none has ended.</summary>
    public object? Longest { get; }
}
