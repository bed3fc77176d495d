namespace CseJobs.Formatting;

/// <summary>A job as a timeline shows it: no PowerShell in it, so that live and deserialised jobs cannot look different.</summary>
internal sealed record TimelineJob
{
    public string Id { get; init; } = string.Empty;

    public string Type { get; init; } = string.Empty;

    public string User { get; init; } = string.Empty;

    /// <summary>Status and times of the job; its note is the job's description.</summary>
    public TimelineStep Whole { get; init; } = new();

    /// <summary>Each phase followed by its sub-jobs.</summary>
    public IReadOnlyList<TimelineStep> Steps { get; init; } = Array.Empty<TimelineStep>();
}
