using System.Text.Json;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The body of the token call: a password, and the one project the token is for.</summary>
/// <param name="DomainName">The account; null if the user is named by an id.</param>
/// <param name="UserName">The IAM user, or the user's id without an account.</param>
/// <param name="Password">The password.</param>
/// <param name="ProjectName">The project's name; null if it is asked for by its id.</param>
/// <param name="ProjectId">The project's id; null if it is asked for by its name.</param>
internal sealed record TokenRequest(string? DomainName, string UserName, string Password, string? ProjectName, string? ProjectId)
{
    /// <summary>Reads a body; null if it is not exactly what the specification shows.</summary>
    public static TokenRequest? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, StrictJson.Options);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TokenRequest? Read(JsonElement root)
    {
        JsonElement? auth = StrictJson.Object(StrictJson.Object(root, "auth"), "auth", "identity", "scope");
        JsonElement? identity = StrictJson.Object(auth, "identity", "methods", "password");
        JsonElement? user = StrictJson.Object(StrictJson.Object(identity, "password", "user"), "user", "name", "id", "password", "domain");
        string? userId = StrictJson.Text(user, "id");
        string? domain = StrictJson.Text(StrictJson.Object(user, "domain", "name"), "name");

        // With a domain beside it, the project wins.
        JsonElement? project = StrictJson.Object(StrictJson.Object(auth, "scope", "project", "domain"), "project", "name", "id");
        string? name = StrictJson.Text(project, "name");
        string? id = StrictJson.Text(project, "id");
        return StrictJson.IsOnlyMethod(identity, "password")
            && (domain is null) != (userId is null)
            && (userId is null) != (StrictJson.Text(user, "name") is null)
            && (userId ?? StrictJson.Text(user, "name")) is string userName
            && StrictJson.Text(user, "password") is string password
            && project is { } scope
            && scope.EnumerateObject().Count() == 1
            && (name ?? id) is not null
                ? new TokenRequest(domain, userName, password, name, id)
                : null;
    }
}
