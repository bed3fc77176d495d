namespace CseJobs.Client.Paging;

/// <summary>Which jobs of an engine to list.</summary>
public sealed class JobQuery
{
    /// <summary>Jobs asked for per request unless the caller chooses (query parameter <c>limit</c>).</summary>
    public const int DefaultPageSize = 100;

    /// <summary>Largest page that is asked for. The API documents no maximum; servers may return less than asked.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Earliest start time, inclusive (query parameter <c>from-time</c>); null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Latest start time, inclusive (query parameter <c>to-time</c>); null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Earliest end, inclusive, whenever the jobs began; null for no bound. The API has no such filter: all jobs of the window are
    /// read. A job that has not ended is left out.
    /// </summary>
    public DateTimeOffset? EndedAfter { get; init; }

    /// <summary>Jobs per request, 1 to <see cref="MaxPageSize"/> (query parameter <c>limit</c>).</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>
    /// Whether a job lies in the time window. The server is asked for the window, but which of its fields it compares and
    /// whether it includes the bounds is not documented, so the answer is checked. A job that has not started lies in no window: a
    /// server that compares starts does not send it either.
    /// </summary>
    internal bool Includes(EngineJob job) => IsInWindow(job)
        && (EndedAfter is null || (job.Status is not (JobStatus.PreInit or JobStatus.Init or JobStatus.Executing) && IsWithin(job.EndTimeMs, EndedAfter, null)));

    /// <summary>The same for the start of the job alone.</summary>
    internal bool IsInWindow(EngineJob job) => IsWithin(job.StartTimeMs, From, To);

    /// <summary>
    /// The window as query parameters, each with a leading <c>&amp;</c>. Times go out as epoch milliseconds, as every other time of
    /// this API. The documents do not name a format: <see cref="JobList"/> finds out whether it is this one.
    /// </summary>
    internal string ToQueryString() => Parameter("from-time", From) + Parameter("to-time", To);

    /// <summary>Checks the query; <see cref="CseClient.ListJobs"/> does so as well.</summary>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which.</exception>
    public void Validate()
    {
        if (PageSize is < 1 or > MaxPageSize)
            throw new ArgumentException($"The page size {PageSize} does not lie between 1 and {MaxPageSize}.");

        if (From > To)
            throw new ArgumentException($"The window ends before it begins: From is {From.Value.UtcDateTime:u}, To is {To.Value.UtcDateTime:u} (UTC).");
    }

    private static bool IsWithin(long ms, DateTimeOffset? from, DateTimeOffset? to) => (from is null && to is null)
        || (WireTime.Normalize(ms) is { } time && !(time < from?.ToUnixTimeMilliseconds()) && !(time > to?.ToUnixTimeMilliseconds()));

    private static string Parameter(string name, DateTimeOffset? time) =>
        time is { } value ? string.Create(CultureInfo.InvariantCulture, $"&{name}={Math.Max(0, value.ToUnixTimeMilliseconds())}") : string.Empty;
}
