using CseJobs.Simulator.Access;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The calls of IAM that a client needs: a token for a password or an agency, keys of an agency, and the projects of an account.</summary>
internal sealed class IamEndpoints(SimulatorOptions options, AccountDirectory accounts, TokenStore tokens, AgencyKeyStore keys) : IEndpointGroup
{
    /// <inheritdoc/>
    public Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call)
    {
        AssumeRoleRequest? role = null;
        Func<ApiCall, Answer>? answer = call.Segments switch
        {
            ["v3", "projects"] => Projects,
            ["v3", "auth", "tokens"] => (role = AssumeRoleRequest.ForToken(call.RawBody)) is null ? Token : call => AgencyToken(call, role),
            ["v3.0", "OS-CREDENTIAL", "securitytokens"] => AgencyKeys,
            _ => null,
        };
        if (answer is null)
        {
            return null;
        }

        // Instead of the gateway's header, not beside it: a client must find the only one there is.
        call.TraceHeader = "X-IAM-Trace-Id";
        call.NeedsSignIn = role is not null || call.Segments is not ["v3", "auth", "tokens"];
        return call => new ValueTask<Answer>(answer(call));
    }

    private Answer Token(ApiCall call)
    {
        if (call.Method != "POST")
        {
            return IamErrors.MethodNotAllowed("POST");
        }

        if (options.IamEcho)
        {
            return IamErrors.Echo(call);
        }

        if (!call.Header("Content-Type").StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            || TokenRequest.Parse(call.RawBody) is not TokenRequest request)
        {
            return IamErrors.BadBody();
        }

        if (accounts.FindUser(request.DomainName, request.UserName, request.Password) is not SimulatedAccount account)
        {
            return IamErrors.WrongPassword();
        }

        return Token(call, account, request.ProjectId, request.ProjectName, "password");
    }

    private Answer Token(ApiCall call, SimulatedAccount account, string? projectId, string? projectName, string method)
    {
        SimulatedProject[] matching = [.. account.Projects.Where(project => projectId is null ? project.Name == projectName : project.Id == projectId)];
        if (matching.Length != 1)
        {
            return matching.Length == 0 ? IamErrors.NoSuchProject(projectId ?? projectName!) : IamErrors.AmbiguousProject(projectName!);
        }

        call.Identity = account.Identity;
        return IamWriter.Token(call, tokens.Issue(account, matching[0]), method, catalog: !Parameter(call, "nocatalog").Any(value => value.Length > 0));
    }

    private Answer AgencyToken(ApiCall call, AssumeRoleRequest request)
    {
        if (call.Method != "POST")
        {
            return IamErrors.MethodNotAllowed("POST");
        }

        if (call.Refusal is Answer refusal)
        {
            return refusal;
        }

        // The documents know this call with a token only.
        return !call.HasHeader("X-Auth-Token") ? IamErrors.TokenNeeded()
            : Assume(call, request, out SimulatedAccount? acting) ?? Token(call, acting!, request.ProjectId, request.ProjectName, "assume_role");
    }

    private Answer AgencyKeys(ApiCall call)
    {
        if (call.Method != "POST")
        {
            return IamErrors.MethodNotAllowed("POST");
        }

        if (call.Refusal is Answer refusal)
        {
            return refusal;
        }

        if (options.IamEcho)
        {
            return IamErrors.Echo(call);
        }

        return AssumeRoleRequest.ForKeys(call.RawBody) is not AssumeRoleRequest request ? IamErrors.BadBody()
            : Assume(call, request, out SimulatedAccount? acting) ?? IamWriter.Keys(201, keys.Issue(acting!, TimeSpan.FromSeconds(request.Seconds)));
    }

    /// <summary>Lets the caller act for the account that has the agency, under the agency's name; else says why not.</summary>
    private Answer? Assume(ApiCall call, AssumeRoleRequest request, out SimulatedAccount? acting)
    {
        acting = null;
        if (!call.Header("Content-Type").StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return IamErrors.BadBody();
        }

        if (accounts.FindDelegating(request.DomainName, request.DomainId, request.AgencyName) is not SimulatedAccount account)
        {
            return IamErrors.NoSuchAgency(request.AgencyName);
        }

        if (!account.Agencies.Contains(new SimulatedAgency(request.AgencyName, call.Caller!.Account.DomainName)))
        {
            return IamErrors.NotTrusted();
        }

        acting = account with { UserName = request.AgencyName };
        return null;
    }

    private static Answer Projects(ApiCall call)
    {
        if (call.Method != "GET")
        {
            return IamErrors.MethodNotAllowed("GET");
        }

        if (call.Refusal is Answer refusal)
        {
            return refusal;
        }

        // The account's, not the token's: a token for one project lists all the same.
        SimulatedAccount account = call.Caller!.Account;
        string? name = Parameter(call, "name").LastOrDefault();
        return IamWriter.Projects(call, account, account.Projects.Where(project => name is null || project.Name == name));
    }

    private static IEnumerable<string> Parameter(ApiCall call, string name) =>
        call.Target.Parameters().Where(parameter => parameter.Name == name).Select(parameter => parameter.Value ?? "");
}
