namespace CseJobs;

/// <summary>Metadata of a phase or sub-job (API object <c>TaskExecutorBrief</c>).</summary>
public sealed class TaskBrief
{
    internal TaskBrief() { }

    /// <summary>
    /// How long the step is expected to take (API field <c>duration</c>, milliseconds). An estimate, never the elapsed time:
    /// that is the step's own <c>Duration</c>.
    /// </summary>
    public TimeSpan? Duration => WireTime.ToDuration(DurationMs);

    /// <summary>Description of the step (API field <c>description</c>).</summary>
    public string? Description { get; internal set; }

    internal long? DurationMs { get; set; }

    /// <summary>The description.</summary>
    /// <returns><see cref="Description"/>, or an empty text.</returns>
    public override string ToString() => Description ?? string.Empty;
}
