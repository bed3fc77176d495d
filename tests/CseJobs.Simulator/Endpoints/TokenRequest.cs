using System.Text.Json;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The body of the token call: a password, and the one project the token is for.</summary>
/// <param name="DomainName">The account.</param>
/// <param name="UserName">The IAM user.</param>
/// <param name="Password">The password.</param>
/// <param name="ProjectName">The project's name; null if it is asked for by its id.</param>
/// <param name="ProjectId">The project's id; null if it is asked for by its name.</param>
internal sealed record TokenRequest(string DomainName, string UserName, string Password, string? ProjectName, string? ProjectId)
{
    // A misspelt member would be ignored by a lenient reader, and twice the same member is somebody's injection.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a body; null if it is not exactly what the specification shows.</summary>
    public static TokenRequest? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TokenRequest? Read(JsonElement root)
    {
        JsonElement? auth = Object(Object(root, "auth"), "auth", "identity", "scope");
        JsonElement? identity = Object(auth, "identity", "methods", "password");
        JsonElement? user = Object(Object(identity, "password", "user"), "user", "name", "password", "domain");
        string? domain = Text(Object(user, "domain", "name"), "name");

        // With a domain beside it, the project wins.
        JsonElement? project = Object(Object(auth, "scope", "project", "domain"), "project", "name", "id");
        string? name = Text(project, "name");
        string? id = Text(project, "id");
        return Methods(identity)
            && domain is not null
            && Text(user, "name") is string userName
            && Text(user, "password") is string password
            && project is { } scope
            && scope.EnumerateObject().Count() == 1
            && (name ?? id) is not null
                ? new TokenRequest(domain, userName, password, name, id)
                : null;
    }

    private static bool Methods(JsonElement? identity) =>
        identity is { } element
        && element.TryGetProperty("methods", out JsonElement methods)
        && methods.ValueKind == JsonValueKind.Array
        && methods.GetArrayLength() == 1
        && methods[0].ValueKind == JsonValueKind.String
        && methods[0].ValueEquals("password");

    private static JsonElement? Object(JsonElement? parent, string name, params string[] members) =>
        parent is { } element && element.TryGetProperty(name, out JsonElement child) ? Object(child, members) : null;

    private static JsonElement? Object(JsonElement element, params string[] members) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().All(member => members.Contains(member.Name))
            ? element
            : null;

    private static string? Text(JsonElement? parent, string name) =>
        parent is { } element
        && element.TryGetProperty(name, out JsonElement child)
        && child.ValueKind == JsonValueKind.String
        && child.GetString() is { Length: > 0 } text
            ? text
            : null;
}
