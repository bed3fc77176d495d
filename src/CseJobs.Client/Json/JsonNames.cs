using System.Text.Json;
using System.Text.RegularExpressions;

namespace CseJobs.Client.Json;

/// <summary>
/// Names and texts that the library refuses to turn into a string: those that hold half a surrogate pair or are not valid UTF-8
/// lose that character, not the whole answer.
/// </summary>
internal static partial class JsonNames
{
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // "name":value as it was written.
            return Mend(Name().Match(property.ToString()).Groups[1].Value);
        }
    }

    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Mend(text.GetRawText()[1..^1]);
        }
    }

    /// <summary>Unescapes the inside of a JSON string. Each half of a surrogate pair becomes U+FFFD.</summary>
    /// <param name="json">What stands between the quotation marks.</param>
    public static string Mend(string json)
    {
        string whole = Escape().Replace(json, escape => escape.Groups["half"].Success ? @"\ufffd" : escape.Value);
        using JsonDocument text = JsonDocument.Parse($"\"{whole}\"");
        return text.RootElement.GetString()!;
    }

    // Every escape is matched, so that "\\ud800" counts as a backslash and five letters.
    [GeneratedRegex(@"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?<half>\\u[dD][89a-fA-F]..)|\\.")]
    private static partial Regex Escape();

    [GeneratedRegex("""^"((?:\\.|[^"\\])*)":""")]
    private static partial Regex Name();
}
