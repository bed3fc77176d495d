namespace CseJobs.CSharpLoop;

/// <summary>One answer of the list call.</summary>
internal sealed class Page
{
    public long Total { get; set; }

    public List<Job> Data { get; set; } = [];
}
