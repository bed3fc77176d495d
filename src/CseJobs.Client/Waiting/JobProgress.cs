namespace CseJobs.Client.Waiting;

/// <summary>How far a job is, for a progress bar.</summary>
/// <param name="Elapsed">Since the job's start; null when it has not started.</param>
/// <param name="Percent">By the phases' estimates, 0 to 99; null when one is missing.</param>
/// <param name="Remaining">By the phases' estimates; null when one is missing.</param>
public sealed record JobProgress(TimeSpan? Elapsed, int? Percent, TimeSpan? Remaining)
{
    // A job that goes on is not done, however long its phases were expected to take.
    private const int MaxPercent = 99;

    /// <summary><see cref="Elapsed"/> as hours, minutes and seconds, <c>0:14:04</c>; null before the start.</summary>
    public string? ElapsedText => Elapsed is { } span ? Clock(span) : null;

    /// <summary><see cref="Remaining"/> in words, as rough as it is: <c>~11 min left</c>; null when it is not known or over.</summary>
    public string? RemainingText => Remaining is not { Ticks: > 0 } left ? null
        : left < TimeSpan.FromSeconds(55) ? string.Create(CultureInfo.InvariantCulture, $"~{Math.Ceiling(left.TotalSeconds / 10) * 10:0} s left")
        : left < TimeSpan.FromMinutes(90) ? string.Create(CultureInfo.InvariantCulture, $"~{Math.Round(left.TotalMinutes):0} min left")
        : string.Create(CultureInfo.InvariantCulture, $"~{Math.Round(left.TotalHours):0} h left");

    /// <summary>A span as hours, minutes and seconds, with days if there are any.</summary>
    internal static string Clock(TimeSpan span) => span.ToString(span.Days > 0 ? @"d\.hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>Reckons how far a job is.</summary>
    /// <param name="job">A job that goes on, with its phases.</param>
    /// <param name="now">The present: the server tells starts by the wall clock.</param>
    /// <returns>The job's progress.</returns>
    public static JobProgress Of(EngineJob job, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        TimeSpan? elapsed = Since(job.StartTimeMs, now);
        if (Estimate(job.Phases, now) is not { } estimate)
            return new JobProgress(elapsed, null, null);

        int percent = (int)(100.0 * estimate.Done.Ticks / estimate.All.Ticks);
        return new JobProgress(elapsed, Math.Min(percent, MaxPercent), estimate.All - estimate.Done);
    }

    /// <summary>
    /// What a phase was expected to take counts when it has ended, and the time it has had, up to that, while it runs. A phase that
    /// takes longer than expected leaves the bar where it is.
    /// </summary>
    private static (TimeSpan Done, TimeSpan All)? Estimate(IReadOnlyList<JobPhase> phases, DateTimeOffset now)
    {
        TimeSpan done = TimeSpan.Zero;
        TimeSpan all = TimeSpan.Zero;
        foreach (JobPhase phase in phases)
        {
            bool isDone = phase.Status == JobStatus.Finished;
            TimeSpan? expected = phase.TaskExecutorBrief?.Duration is { Ticks: > 0 } brief ? brief : isDone ? phase.Duration ?? TimeSpan.Zero : null;
            // Estimates of thousands of years are none.
            if (expected is not { } length || length > TimeSpan.MaxValue - all)
                return null;

            all += length;
            TimeSpan ran = isDone ? length : phase.Status == JobStatus.Executing ? Since(phase.StartTimeMs, now) ?? TimeSpan.Zero : TimeSpan.Zero;
            done += ran < length ? ran : length;
        }

        return all > TimeSpan.Zero ? (done, all) : null;
    }

    /// <summary>The server's clock may be ahead: nothing has run for less than no time.</summary>
    private static TimeSpan? Since(long startMs, DateTimeOffset now) => WireTime.Between(startMs, Math.Max(startMs, now.ToUnixTimeMilliseconds()));
}
