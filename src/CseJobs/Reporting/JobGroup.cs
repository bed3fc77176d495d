using System.Collections;

namespace CseJobs.Reporting;

/// <summary>The jobs of a group, as far as they have come. Of the jobs themselves only the longest is kept.</summary>
internal sealed class JobGroup(IReadOnlyList<object?> keys)
{
    private readonly Durations _durations = new();
    private TimeSpan? _longestTook;
    private object? _longest;
    private int _count;
    private int _failed;

    /// <summary>What the jobs have in common, in the order of -By.</summary>
    public IReadOnlyList<object?> Keys => keys;

    /// <summary>The engine by its name, which not every job tells.</summary>
    public string Engine { get; private set; } = string.Empty;

    public void Add(JobFacts job)
    {
        _count++;
        _failed += job.Failed ? 1 : 0;
        _durations.Add(job.Took);
        if (Engine.Length == 0 || Engine == job.EngineId)
            Engine = job.Engine;

        if (job.Took is not { } took || took <= _longestTook)
            return;

        _longestTook = took;
        _longest = job.Item;
    }

    public JobFigures ToFigures() => new(_count, _failed, _durations, _longest);

    /// <summary>What a job has of each kind: a local time, or a text; null for a job that has not begun.</summary>
    public static object?[] KeysOf(JobFacts job, CseJobGrouping[] by) => Array.ConvertAll(by, kind => kind switch
    {
        CseJobGrouping.Hour => Start(job, TimeUnit.Hour),
        CseJobGrouping.Day => Start(job, TimeUnit.Day),
        CseJobGrouping.Week => Start(job, TimeUnit.Week),
        CseJobGrouping.Month => Start(job, TimeUnit.Month),
        CseJobGrouping.Type => job.Type,
        CseJobGrouping.Status => job.Status == JobStatus.Unknown ? job.StatusText : job.Status.ToString(),
        CseJobGrouping.Engine => job.EngineId,
        CseJobGrouping.User => job.User,
        _ => (object?)job.Session,
    });

    private static DateTime? Start(JobFacts job, TimeUnit unit) => job.Start is { } start ? unit.StartOf(start.ToLocalTime()) : null;
}

/// <summary>Orders groups by their keys: times before what has none, texts by the alphabet whatever the culture.</summary>
internal sealed class GroupKeys : IEqualityComparer<object?[]>, IComparer<IReadOnlyList<object?>>
{
    public static GroupKeys Rules { get; } = new();

    public bool Equals(object?[]? x, object?[]? y) => StructuralComparisons.StructuralEqualityComparer.Equals(x, y);

    public int GetHashCode(object?[] obj) => StructuralComparisons.StructuralEqualityComparer.GetHashCode(obj);

    public int Compare(IReadOnlyList<object?>? x, IReadOnlyList<object?>? y)
    {
        for (int i = 0; i < x!.Count; i++)
        {
            int order = (x[i], y![i]) switch
            {
                (DateTime one, DateTime other) => one.CompareTo(other),
                (string one, string other) => StringComparer.OrdinalIgnoreCase.Compare(one, other) is not 0 and var rough ? rough : string.CompareOrdinal(one, other),
                (null, null) => 0,
                (null, _) => 1,
                _ => -1,
            };
            if (order != 0)
                return order;
        }

        return 0;
    }
}
