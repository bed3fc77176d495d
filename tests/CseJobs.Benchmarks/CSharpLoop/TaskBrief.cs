namespace CseJobs.CSharpLoop;

/// <summary>The estimate of a sub-job.</summary>
internal sealed class TaskBrief
{
    public long Duration { get; set; }

    public string? Description { get; set; }
}
