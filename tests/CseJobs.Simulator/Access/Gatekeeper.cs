using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Access;

/// <summary>Who may call at all: what the API gateway checks before a service sees the request.</summary>
internal sealed class Gatekeeper(
    SimulatorOptions options, SimulatorClock clock, AccountDirectory accounts, TokenStore tokens, SignatureCheck signatures)
{
    /// <summary>Finds out who calls. Leaves <see cref="ApiCall.Caller"/>, <see cref="ApiCall.Identity"/> and <see cref="ApiCall.Refusal"/>.</summary>
    public void Identify(ApiCall call)
    {
        (call.Caller, call.Refusal) = call.HasHeader("Authorization") ? Signed(call) : WithToken(call);
        call.Identity = call.Caller?.Identity;
    }

    /// <summary>Refuses a project id that is malformed or not the caller's; null lets it pass.</summary>
    public static Answer? RefuseProject(ApiCall call, string projectId)
    {
        if (projectId.Length is 0 or > 64)
        {
            return Errors.InvalidParameter(call, "project_id must have 1 to 64 characters");
        }

        return call.Caller?.MayUse(projectId) == true ? null : Errors.ProjectUnavailable(call);
    }

    private (Caller? Caller, Answer? Refusal) Signed(ApiCall call) =>
        call.HasHeader("X-Auth-Token") ? (null, Errors.TwoSignIns(call)) : signatures.Check(call);

    private (Caller? Caller, Answer? Refusal) WithToken(ApiCall call)
    {
        string text = call.Header("X-Auth-Token");
        if (string.Equals(text, options.Token, StringComparison.Ordinal))
        {
            return (new Caller("token:static", accounts.OwnerOf(options.ProjectId)) { OnlyProjectId = options.ProjectId }, null);
        }

        if (tokens.Find(text) is not IssuedToken token)
        {
            return (null, Errors.TokenRefused(call));
        }

        var caller = new Caller(token.Account.Identity, token.Account) { OnlyProjectId = token.Project.Id, Token = token };
        return (caller, token.IsOld(clock.Now) ? Errors.TokenOld(call) : null);
    }
}
