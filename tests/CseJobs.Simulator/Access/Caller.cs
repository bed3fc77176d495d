namespace CseJobs.Simulator.Access;

/// <summary>Somebody who has shown who they are.</summary>
/// <param name="Identity">How they are named in recorded requests.</param>
/// <param name="Account">The account they belong to.</param>
internal sealed record Caller(string Identity, SimulatedAccount Account)
{
    /// <summary>A token is good for one project; keys are good for all of their account (null).</summary>
    public string? OnlyProjectId { get; init; }

    /// <summary>The token, if they have one that was issued here.</summary>
    public IssuedToken? Token { get; init; }

    public bool MayUse(string projectId) => OnlyProjectId is null
        ? Account.Projects.Any(project => project.Id == projectId)
        : OnlyProjectId == projectId;
}
