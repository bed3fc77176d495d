namespace CseJobs.Listing;

/// <summary>A job that is being read.</summary>
/// <param name="engine">Its engine.</param>
/// <param name="id">Its id; null for the engine's newest, whichever that is.</param>
/// <param name="job">The job; null where the engine has none.</param>
internal sealed class JobRead(string engine, long? id, Task<EngineJob?> job)
{
    public string Engine { get; } = engine;

    public long? Id { get; } = id;

    public Task<EngineJob?> Job { get; } = job;
}
