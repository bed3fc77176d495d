namespace CseJobs.Client.Auth;

/// <summary>A project, as IAM lists it.</summary>
/// <param name="Id">Project id.</param>
/// <param name="Name">Project name.</param>
internal sealed record IamProject(string Id, string Name);
