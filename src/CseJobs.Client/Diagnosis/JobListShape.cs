namespace CseJobs.Client.Diagnosis;

/// <summary>What a page of jobs looks like: its order, and what stands in it that this version does not know.</summary>
internal static class JobListShape
{
    private const int MaxNamed = 3;

    public static SessionCheck Order(List<EngineJob> jobs)
    {
        long[] starts = [.. jobs.Select(job => WireTime.Normalize(job.StartTimeMs)).OfType<long>()];
        bool falls = Enumerable.Range(1, Math.Max(0, starts.Length - 1)).All(i => starts[i] <= starts[i - 1]);
        bool rises = Enumerable.Range(1, Math.Max(0, starts.Length - 1)).All(i => starts[i] >= starts[i - 1]);
        return falls && rises ? new SessionCheck("Order", CheckResult.NotTried, "there are too few jobs with different starts to tell by")
            : new SessionCheck("Order", CheckResult.Found, falls ? "newest first" : rises ? "oldest first" : "not by start");
    }

    public static SessionCheck Fields(List<EngineJob> jobs)
    {
        List<JobTask> tasks = [.. jobs.SelectMany(job => job.Tasks)];
        int without = jobs.Count(job => job.Tasks.Count == 0 && job.Phases.Count == 0);
        string shape = without == jobs.Count ? "'tasks' absent in the list: steps and reasons come with details only" : jobs.Exists(job => job.Phases.Count > 0) ? "'tasks' nested in phases" : "'tasks' flat";
        if (without > 0 && without < jobs.Count)
            shape += Text($", absent in {without} of {jobs.Count} jobs");

        List<string> odd =
        [
            .. Unknown("field", jobs, "jobs", job => job.AdditionalProperties.Keys),
            .. Unknown("field", tasks, "sub-jobs", task => task.AdditionalProperties.Keys),
            .. Unknown("status", jobs, "jobs", job => job.Status == JobStatus.Unknown && job.StatusText is { } text ? [text] : []),
            .. Unknown("type", jobs, "jobs", job => job.Type == JobType.Unknown && job.TypeText is { } text ? [text] : []),
        ];
        return odd.Count == 0 && without == 0
            ? new SessionCheck("Fields", CheckResult.Ok, $"all known; {shape}")
            : new SessionCheck("Fields", CheckResult.Warn, string.Join("; ", [.. odd, shape])) { Problem = odd.Count > 0 ? CheckProblem.UnknownFields : null };
    }

    /// <summary>For example <c>unknown field 'progress' in 20 of 20 jobs</c>.</summary>
    private static string[] Unknown<T>(string what, List<T> items, string of, Func<T, IEnumerable<string>> find)
    {
        IGrouping<string, string>[] found = [.. items.SelectMany(item => find(item).Distinct(StringComparer.OrdinalIgnoreCase)).GroupBy(name => SafeText.Quote(name)).OrderByDescending(name => name.Count())];
        string[] named = [.. found.Take(MaxNamed).Select(name => Text($"unknown {what} '{name.Key}' in {name.Count()} of {items.Count} {of}"))];
        return found.Length > MaxNamed ? [.. named, Text($"and {found.Length - MaxNamed} more")] : named;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
