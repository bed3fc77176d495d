using System;

namespace CseJobs.Simulator.Http;

/// <summary>Who may call at all: what the API gateway checks before a service sees the request.</summary>
internal sealed class Gatekeeper(SimulatorOptions options)
{
    /// <summary>Refuses a call without the right token; null lets it pass.</summary>
    public Answer? Refuse(ApiCall call) =>
        string.Equals(call.Header("X-Auth-Token"), options.Token, StringComparison.Ordinal) ? null : Errors.TokenRefused(call);

    /// <summary>Refuses a project id that is malformed or not ours; null lets it pass.</summary>
    public Answer? RefuseProject(ApiCall call, string projectId)
    {
        if (projectId.Length is 0 or > 64)
        {
            return Errors.InvalidParameter(call, "project_id must have 1 to 64 characters");
        }

        return projectId == options.ProjectId ? null : Errors.ProjectUnavailable(call);
    }
}
