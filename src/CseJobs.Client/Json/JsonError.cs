using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Says what an answer should have held, and where it does not.</summary>
internal static class JsonError
{
    /// <param name="reader">Stands at the token that is wrong.</param>
    /// <param name="expectation">A sentence without its full stop.</param>
    public static JsonException At(ref Utf8JsonReader reader, string expectation) =>
        new($"{expectation}, not {Name(reader.TokenType)} (at byte {reader.TokenStartIndex}).");

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "this number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "what is there",
    };
}
