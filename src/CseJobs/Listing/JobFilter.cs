using CseJobs.Client.Paging;

namespace CseJobs.Listing;

/// <summary>
/// The filters that the API does not have (status, type), then -Skip and -First, which count what is left. One filter serves
/// a whole pipeline, so that -First 5 is five jobs and not five of every engine.
/// </summary>
internal sealed class JobFilter(JobStatus[]? statuses, JobType[]? types, ulong skip, ulong first)
{
    // The API's documents renamed Updated to Update: whoever asks for one means both.
    private readonly JobType[]? _types = types?.Any(type => type is JobType.Update or JobType.Updated) == true ? [.. types, JobType.Update, JobType.Updated] : types;

    private ulong _skipped;
    private ulong _taken;

    /// <summary>Jobs of the present engine that were skipped or selected.</summary>
    public ulong Passed { get; private set; }

    /// <summary>How many of the jobs that -First asked for are still to come; null without it.</summary>
    public ulong? Left => first < ulong.MaxValue ? first - _taken : null;

    /// <summary>Whether no further job is wanted.</summary>
    public bool IsSatisfied => _taken == first;

    /// <summary>Counts from anew: the jobs of another engine follow.</summary>
    public void BeginEngine() => Passed = 0;

    public List<EngineJob> Select(IReadOnlyList<EngineJob> jobs)
    {
        var selected = new List<EngineJob>(jobs.Count);
        foreach (EngineJob job in jobs.Where(Matches).TakeWhile(_ => !IsSatisfied))
        {
            Passed++;
            if (_skipped < skip)
            {
                _skipped++;
            }
            else
            {
                _taken++;
                selected.Add(job);
            }
        }

        return selected;
    }

    /// <summary>The count of -IncludeTotalCount. Exact only where the server counted the same jobs that are wanted.</summary>
    public PSObject CountFor(Page<EngineJob> page, PagingParameters paging)
    {
        bool exact = page.Total is not null && statuses is null && _types is null && page.IsExact;
        return paging.NewTotalCount((ulong)Math.Max(0, page.Total ?? 0), exact ? 1.0 : 0.0);
    }

    private bool Matches(EngineJob job) => statuses?.Contains(job.Status) != false && _types?.Contains(job.Type) != false;
}
