namespace CseJobs.CSharpLoop;

/// <summary>A sub-job, with the fields of the specification.</summary>
internal sealed class JobTask
{
    public long JobId { get; set; }

    public long Id { get; set; }

    public string? Type { get; set; }

    public string? Assigned { get; set; }

    public string? TaskName { get; set; }

    public string? EngineName { get; set; }

    public int TaskOrder { get; set; }

    public string? Status { get; set; }

    public long StartTime { get; set; }

    public long EndTime { get; set; }

    public long CreateTime { get; set; }

    public long UpdateTime { get; set; }

    public int Timeout { get; set; }

    public string? Log { get; set; }

    public string? Output { get; set; }

    public TaskBrief? TaskExecutorBrief { get; set; }
}
