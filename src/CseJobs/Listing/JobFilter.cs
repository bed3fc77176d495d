using CseJobs.Client.Paging;

namespace CseJobs.Listing;

/// <summary>
/// The filters that the API does not have (status, type), then -Skip and -First, which count what is left. One filter serves
/// a whole pipeline, so that -First 5 is five jobs and not five of every engine.
/// </summary>
internal sealed class JobFilter
{
    private readonly HashSet<JobStatus>? _statuses;
    private readonly HashSet<JobType>? _types;
    private readonly bool _hasFirst;
    private ulong _toSkip;
    private ulong _toTake;

    public JobFilter(JobStatus[]? statuses, JobType[]? types, ulong skip, ulong first)
    {
        _statuses = statuses is null ? null : new HashSet<JobStatus>(statuses);
        _types = types is null ? null : WithBothSpellings(types);
        _toSkip = skip;
        _toTake = first;
        _hasFirst = first < ulong.MaxValue;
        IsLimited = skip > 0 || _hasFirst;
    }

    /// <summary>Whether -First or -Skip was given.</summary>
    public bool IsLimited { get; }

    /// <summary>Jobs of the present engine that were skipped or selected.</summary>
    public ulong Passed { get; private set; }

    /// <summary>How many of the jobs that -First asked for are still to come; null without it.</summary>
    public ulong? Left => _hasFirst ? _toTake : null;

    /// <summary>Whether no further job is wanted.</summary>
    public bool IsSatisfied => _toTake == 0;

    /// <summary>Counts from anew: the jobs of another engine follow.</summary>
    public void BeginEngine() => Passed = 0;

    public List<EngineJob> Select(IReadOnlyList<EngineJob> jobs)
    {
        var selected = new List<EngineJob>(jobs.Count);
        foreach (EngineJob job in jobs)
        {
            if (_toTake == 0)
                break;

            if (!Matches(job))
                continue;

            Passed++;
            if (_toSkip > 0)
            {
                _toSkip--;
                continue;
            }

            _toTake--;
            selected.Add(job);
        }

        return selected;
    }

    /// <summary>The count of -IncludeTotalCount. Exact only where the server counted the same jobs that are wanted.</summary>
    public PSObject CountFor(Page<EngineJob> page, PagingParameters paging)
    {
        bool exact = page.Total is not null && _statuses is null && _types is null && page.IsExact;
        return paging.NewTotalCount((ulong)Math.Max(0, page.Total ?? 0), exact ? 1.0 : 0.0);
    }

    // The API's documents renamed Updated to Update: whoever asks for one means both.
    private static HashSet<JobType> WithBothSpellings(JobType[] types)
    {
        var set = new HashSet<JobType>(types);
        if (set.Contains(JobType.Update) || set.Contains(JobType.Updated))
        {
            set.Add(JobType.Update);
            set.Add(JobType.Updated);
        }

        return set;
    }

    private bool Matches(EngineJob job) =>
        (_statuses is null || _statuses.Contains(job.Status)) && (_types is null || _types.Contains(job.Type));
}
