using System.Text.Json;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The JSON object that a test sends along; none at all is an empty one.</summary>
internal sealed class ControlBody
{
    private readonly JsonElement _root;

    private ControlBody(JsonElement root) => _root = root;

    /// <summary>Reads the body and acts on it; what is wrong with its values is answered with 400.</summary>
    public static Answer Read(ApiCall call, Func<ControlBody, Answer> act)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(call.Body.Length == 0 ? "{}" : call.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? act(new ControlBody(document.RootElement))
                : throw new FormatException("the body is not an object");
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException)
        {
            return Answer.Json(400, json =>
            {
                json.WriteStartObject();
                json.WriteString("error", problem.Message);
                json.WriteEndObject();
            });
        }
    }

    /// <summary>A text; null if it is absent.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public string? Text(string name) => !_root.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"{name} is not a text");

    /// <summary>A number; null if it is absent.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public int? Number(string name) => !_root.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
        : throw new FormatException($"{name} is not a number");
}
