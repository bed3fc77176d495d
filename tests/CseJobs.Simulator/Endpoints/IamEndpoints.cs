using CseJobs.Simulator.Access;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The two calls of IAM that a client needs: a token for a password, and the projects of an account.</summary>
internal sealed class IamEndpoints(SimulatorOptions options, AccountDirectory accounts, TokenStore tokens) : IEndpointGroup
{
    /// <inheritdoc/>
    public Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call)
    {
        bool projects = call.Segments is ["v3", "projects"];
        if (!projects && call.Segments is not ["v3", "auth", "tokens"])
        {
            return null;
        }

        // Instead of the gateway's header, not beside it: a client must find the only one there is.
        call.TraceHeader = "X-IAM-Trace-Id";
        call.NeedsSignIn = projects;
        return projects ? call => new ValueTask<Answer>(Projects(call)) : call => new ValueTask<Answer>(Token(call));
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

        SimulatedProject[] matching = [.. account.Projects.Where(project =>
            request.ProjectId is null ? project.Name == request.ProjectName : project.Id == request.ProjectId)];
        if (matching.Length != 1)
        {
            return matching.Length == 0
                ? IamErrors.NoSuchProject(request.ProjectId ?? request.ProjectName!)
                : IamErrors.AmbiguousProject(request.ProjectName!);
        }

        call.Identity = account.Identity;
        return IamWriter.Token(call, tokens.Issue(account, matching[0]), catalog: !Parameter(call, "nocatalog").Any(value => value.Length > 0));
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
