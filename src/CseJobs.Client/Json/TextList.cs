using System.Text.Json;
using CseJobs.Client.Model;

namespace CseJobs.Client.Json;

/// <summary>Reads lists of names. A single name may come without its brackets, and what is no name is left out.</summary>
internal static class TextList
{
    /// <param name="reader">Stands at the value; afterwards at its end.</param>
    /// <param name="texts">Texts read before.</param>
    public static ItemList<string> Read(ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return texts.Read(ref reader) is { Length: > 0 } single ? new ItemList<string>(new[] { single }) : ItemList<string>.Empty;
        }

        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (texts.Read(ref reader) is { } text)
            {
                list.Add(text);
            }
        }

        return new ItemList<string>(list);
    }
}
