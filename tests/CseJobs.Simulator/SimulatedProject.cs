namespace CseJobs.Simulator;

/// <summary>A project of an account, as IAM lists it.</summary>
/// <param name="Id">The project id of the API's paths.</param>
/// <param name="Name">The name; that of a region's own project is the region.</param>
public sealed record SimulatedProject(string Id, string Name);
