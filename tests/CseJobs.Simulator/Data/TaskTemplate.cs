namespace CseJobs.Simulator.Data;

/// <summary>What every sub-job of a name has in common.</summary>
internal sealed record TaskTemplate(string Name, string Description, int EstimateMs);
