namespace CseJobs.Simulator.Data;

/// <summary>What an engine's newest job is.</summary>
internal sealed record NewestJob(string Status, string Type);
