using System.Text.Json;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The body of a call that assumes an agency: for a token of a project, or for temporary keys.</summary>
/// <param name="DomainName">The account the agency belongs to; null if it is named by its id.</param>
/// <param name="DomainId">That account's id; null if it is named by its name.</param>
/// <param name="AgencyName">The agency.</param>
/// <param name="Seconds">How long keys are to last; a token's life is not asked for.</param>
/// <param name="ProjectName">The project's name; null if it is asked for by its id, and for keys.</param>
/// <param name="ProjectId">The project's id.</param>
internal sealed record AssumeRoleRequest(string? DomainName, string? DomainId, string AgencyName, int Seconds, string? ProjectName, string? ProjectId)
{
    private const int UsualSeconds = 900;

    /// <summary>Reads the body of the token call; null if it is not exactly what the specification shows.</summary>
    public static AssumeRoleRequest? ForToken(ReadOnlyMemory<byte> body) => Parse(body, scoped: true);

    /// <summary>Reads the body of the call for keys; null if it is not exactly what the specification shows.</summary>
    public static AssumeRoleRequest? ForKeys(ReadOnlyMemory<byte> body) => Parse(body, scoped: false);

    private static AssumeRoleRequest? Parse(ReadOnlyMemory<byte> body, bool scoped)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, StrictJson.Options);
            return Read(document.RootElement, scoped);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AssumeRoleRequest? Read(JsonElement root, bool scoped)
    {
        JsonElement? auth = StrictJson.Object(StrictJson.Object(root, "auth"), "auth", scoped ? ["identity", "scope"] : ["identity"]);
        JsonElement? identity = StrictJson.Object(auth, "identity", "methods", "assume_role");
        JsonElement? role = StrictJson.Object(identity, "assume_role", scoped ? ["domain_name", "domain_id", "agency_name"] : ["domain_name", "domain_id", "agency_name", "duration_seconds"]);
        string? domainName = StrictJson.Text(role, "domain_name");
        string? domainId = StrictJson.Text(role, "domain_id");
        if (!StrictJson.IsOnlyMethod(identity, "assume_role")
            || StrictJson.Text(role, "agency_name") is not string agency
            || (domainName is null) == (domainId is null)
            || Duration(role!.Value) is not int seconds)
        {
            return null;
        }

        JsonElement? project = StrictJson.Object(StrictJson.Object(auth, "scope", "project"), "project", "name", "id");
        string? name = StrictJson.Text(project, "name");
        string? id = StrictJson.Text(project, "id");
        return !scoped || (name is null) != (id is null) ? new AssumeRoleRequest(domainName, domainId, agency, seconds, name, id) : null;
    }

    /// <returns>Null when it is none that IAM gives.</returns>
    private static int? Duration(JsonElement role) =>
        !role.TryGetProperty("duration_seconds", out JsonElement value) ? UsualSeconds
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int seconds) && seconds is >= 900 and <= 86_400 ? seconds
        : null;
}
