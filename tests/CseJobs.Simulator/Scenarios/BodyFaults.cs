using System.Text.Json;
using System.Text.Json.Nodes;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Bodies that are not the JSON they should be, in whole HTTP answers.</summary>
internal static class BodyFaults
{
    private const int Depth = 100_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario.Spoil(
            "truncated",
            "Half of the JSON, but with the right Content-Length, for the first N calls, for all without a number.",
            (_, answer) => Truncate(answer)),
        new("dupkeys", "Duplicated JSON keys with equal values: of the outermost object all (also data), of the others those that are no container.")
        {
            After = (_, answer, _) => Rewrite(answer, Double),
        },
        new("otherengine", "Each job says that it is another engine's.") { Distort = (_, job) => job["engineId"] = "another-engine" },
        new("flood", "Each job has an unknown field of 20,000 numbers.") { Distort = (_, job) => job["extra"] = new JsonArray([.. Enumerable.Range(0, 20_000).Select(n => JsonValue.Create(n))]) },
        new("deep", "The first member of the outermost object holds 100,000 nested arrays.") { After = (_, answer, _) => Rewrite(answer, Nest) },
    ];

    public static void Truncate(Answer answer) => answer.Body = answer.Body[..(answer.Body.Length / 2)];

    // Error pages stay as they are.
    private static void Rewrite(Answer answer, Func<ReadOnlyMemory<byte>, byte[]> change)
    {
        if (answer.IsJson)
        {
            answer.Body = change(answer.Body);
        }
    }

    private static byte[] Double(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return JsonText.Render(json => Double(json, document.RootElement, outermost: true));
    }

    // Containers twice at every level would make 2^depth copies of the innermost.
    private static void Double(Utf8JsonWriter json, JsonElement element, bool outermost)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                for (int round = 0; round < 2; round++)
                {
                    foreach (JsonProperty member in element.EnumerateObject())
                    {
                        if (round == 0 || outermost || member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                        {
                            json.WritePropertyName(member.Name);
                            Double(json, member.Value, outermost: false);
                        }
                    }
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Double(json, item, outermost);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    private static byte[] Nest(ReadOnlyMemory<byte> body)
    {
        int at = body.Span.IndexOf((byte)'{') + 1;
        byte[] nested = new byte[2 * Depth];
        nested.AsSpan(0, Depth).Fill((byte)'[');
        nested.AsSpan(Depth).Fill((byte)']');
        return [.. body.Span[..at], .. "\"extra\":"u8, .. nested, .. ","u8, .. body.Span[at..]];
    }
}
