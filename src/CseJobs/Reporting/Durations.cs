namespace CseJobs.Reporting;

/// <summary>
/// The durations of many jobs, and what lies in their midst. All are kept, for exact figures: eight bytes a job, where the jobs
/// themselves take a thousand.
/// </summary>
internal sealed class Durations
{
    private readonly List<long> _ticks = new();
    private bool _isSorted = true;

    /// <summary>Half of them took no longer; of an even number the mean of the two in the middle. Null when there is none.</summary>
    public TimeSpan? Median => _ticks.Count == 0 ? null : (At(0.5) + (_ticks.Count % 2 == 0 ? At(0.5, after: 1) : At(0.5))) / 2;

    public void Add(TimeSpan? duration)
    {
        if (duration is not { } span)
            return;

        _ticks.Add(span.Ticks);
        _isSorted = false;
    }

    /// <summary>So many of a hundred took no longer (nearest rank: always one of the durations). Null when there is none.</summary>
    public TimeSpan? Percentile(double percent) => _ticks.Count == 0 ? null : At(percent / 100);

    private TimeSpan At(double part, int after = 0)
    {
        if (!_isSorted)
            _ticks.Sort();

        _isSorted = true;
        return new TimeSpan(_ticks[Math.Max(1, (int)Math.Ceiling(part * _ticks.Count)) - 1 + after]);
    }
}
