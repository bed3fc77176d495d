using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <summary>How much of each thing a report shows; what goes beyond is counted, and the report says so.</summary>
/// <param name="InFull">Jobs with their timeline.</param>
/// <param name="Open">Of these, unfolded.</param>
/// <param name="Engines">Rows of engines.</param>
/// <param name="Reasons">Kinds of failures of an engine.</param>
/// <param name="Listed">Rows of the list of all jobs.</param>
internal sealed record ReportLimits(int InFull, int Open, int Engines, int Reasons, int Listed)
{
    public static ReportLimits Html { get; } = new(200, 10, 200, 8, 1000);

    // A comment of GitHub holds 65,536 characters, the summary of a step a megabyte.
    public static ReportLimits Markdown { get; } = new(20, 20, 50, 5, 0);
}

/// <summary>The contents of a report, in the order in which they are shown and without a word about how.</summary>
internal sealed class JobReport
{
    public const int Kinds = 5;

    private readonly ReportLimits _limits;

    private JobReport(IReadOnlyList<JobFacts> jobs, ReportLimits limits)
    {
        _limits = limits;
        Jobs = jobs.OrderByDescending(job => job.Start ?? DateTime.MaxValue).ToArray();
        Counts = Count(jobs);
        Engines = jobs.GroupBy(job => (job.Session, job.EngineId)).Select(group => EngineFigures.Of(group.ToArray(), limits.Reasons))
            .OrderByDescending(engine => engine.Counts[1]).ThenBy(engine => engine.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        Chart = DayChart.Of(jobs);
        Sessions = jobs.Where(job => job.Session.Length > 0).DistinctBy(job => job.Session).Select(Named).Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>All, newest first; those that have not begun before the rest.</summary>
    public IReadOnlyList<JobFacts> Jobs { get; }

    /// <summary>How many there are of each <see cref="Glyphs.Kind"/>.</summary>
    public int[] Counts { get; }

    public int Failed => Counts[1];

    public IReadOnlyList<EngineFigures> Engines { get; }

    public DayChart Chart { get; }

    public required string Title { get; init; }

    /// <summary>When the report was made, in UTC: the axis of what runs ends here.</summary>
    public required DateTime Now { get; init; }

    /// <summary>Failed and running jobs that could not be read in detail.</summary>
    public required IReadOnlySet<JobFacts> Unread { get; init; }

    public IReadOnlyList<JobFacts> RunningInFull => InFull(Jobs, _limits.InFull).Where(job => job.IsRunning).ToArray();

    public IReadOnlyList<JobFacts> FailedInFull => InFull(Jobs, _limits.InFull).Where(job => job.Failed).ToArray();

    public ReportLimits Limits => _limits;

    /// <summary>Names of the sessions, each with its region or host where that is known.</summary>
    public IReadOnlyList<string> Sessions { get; }

    public IEnumerable<DateTime> Starts => Jobs.Where(job => job.Start is not null).Select(job => job.Start!.Value);

    public static JobReport Of(IReadOnlyList<JobFacts> jobs, ReportLimits limits, string title, DateTime now, IReadOnlySet<JobFacts> unread) =>
        new(jobs, limits) { Title = title, Now = now, Unread = unread };

    /// <summary>The jobs that are shown with their timeline: those that run, then those that failed, newest first.</summary>
    public static IEnumerable<JobFacts> InFull(IEnumerable<JobFacts> jobs, int most) =>
        jobs.Where(job => job.Failed || job.IsRunning).OrderBy(job => job.Failed).ThenByDescending(job => job.Start ?? DateTime.MaxValue).Take(most);

    private static string Named(JobFacts job) =>
        SessionStore.Of(CseClient.ReaderOf(job.Item.BaseObject)) is { } session ? $"{session.Name} ({session.Region ?? session.Endpoint.Authority})" : job.Session;

    public static int[] Count(IEnumerable<JobFacts> jobs)
    {
        int[] counts = new int[Kinds];
        foreach (JobFacts job in jobs)
            counts[Glyphs.Kind(job.Status)]++;

        return counts;
    }
}

/// <summary>What became of the jobs of an engine.</summary>
/// <param name="Name">Its name, else its id.</param>
/// <param name="Session">The session that read them.</param>
/// <param name="Counts">How many jobs there are of each <see cref="Glyphs.Kind"/>.</param>
/// <param name="Median">Of the durations of jobs that have ended.</param>
/// <param name="Longest">The one that took longest.</param>
/// <param name="Failures">What failed, the most frequent first.</param>
/// <param name="OtherFailures">Failed jobs that are not among these.</param>
internal sealed record EngineFigures(string Name, string Session, int[] Counts, TimeSpan? Median, JobFacts? Longest, IReadOnlyList<FailureKind> Failures, int OtherFailures)
{
    public static EngineFigures Of(IReadOnlyList<JobFacts> jobs, int mostKinds)
    {
        FailureKind[] kinds = jobs.Where(job => job.Failed).GroupBy(job => (job.Type, job.Step, job.Reason))
            .Select(group => new FailureKind(group.Count(), group.MaxBy(job => job.Start)!))
            .OrderByDescending(kind => kind.Count).ThenByDescending(kind => kind.Newest.Start).ToArray();
        var durations = new Durations();
        foreach (JobFacts job in jobs)
            durations.Add(job.Took);

        return new EngineFigures(
            jobs[^1].Engine, jobs[0].Session, JobReport.Count(jobs), durations.Median, jobs.MaxBy(job => job.Took), kinds.Take(mostKinds).ToArray(), kinds.Skip(mostKinds).Sum(kind => kind.Count));
    }
}

/// <summary>Failures of one type, at one step and for one reason.</summary>
internal sealed record FailureKind(int Count, JobFacts Newest);
