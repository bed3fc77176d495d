using System.Text.Json;

namespace CseJobs.Simulator.Endpoints;

/// <summary>Reads bodies of IAM that must be exactly as documented.</summary>
internal static class StrictJson
{
    // A misspelt member would be ignored by a lenient reader, and twice the same member is somebody's injection.
    public static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>A member that is an object with no other members than these; else null.</summary>
    public static JsonElement? Object(JsonElement? parent, string name, params string[] members) =>
        parent is { } element && element.TryGetProperty(name, out JsonElement child) ? Object(child, members) : null;

    /// <summary>The same for an element itself.</summary>
    public static JsonElement? Object(JsonElement element, params string[] members) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().All(member => members.Contains(member.Name))
            ? element
            : null;

    /// <summary>A member that is a text with something in it; else null.</summary>
    public static string? Text(JsonElement? parent, string name) =>
        parent is { } element
        && element.TryGetProperty(name, out JsonElement child)
        && child.ValueKind == JsonValueKind.String
        && child.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>Whether an identity names this method and no other.</summary>
    public static bool IsOnlyMethod(JsonElement? identity, string method) =>
        identity is { } element
        && element.TryGetProperty("methods", out JsonElement methods)
        && methods.ValueKind == JsonValueKind.Array
        && methods.GetArrayLength() == 1
        && methods[0].ValueKind == JsonValueKind.String
        && methods[0].ValueEquals(method);
}
