namespace CseJobs.Simulator.Data;

/// <summary>What every phase of a name has in common.</summary>
internal sealed record PhaseTemplate(string Name, string Description, TaskTemplate[] Tasks);
