using System.Threading.Tasks;

namespace CseJobs.Listing;

/// <summary>A job that is being read by its id.</summary>
internal sealed class JobRead(string engine, long id, Task<EngineJob> job)
{
    public string Engine { get; } = engine;

    public long Id { get; } = id;

    public Task<EngineJob> Job { get; } = job;
}
