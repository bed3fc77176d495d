namespace CseJobs.CSharpLoop;

/// <summary>A job, with the fields of the specification.</summary>
internal sealed class Job
{
    public long Id { get; set; }

    public string? EngineId { get; set; }

    public string? Type { get; set; }

    public string? Description { get; set; }

    public string? Status { get; set; }

    public int Scheduling { get; set; }

    public string? CreateUser { get; set; }

    public long StartTime { get; set; }

    public long EndTime { get; set; }

    public string? Context { get; set; }

    public List<JobTask>? Tasks { get; set; }
}
