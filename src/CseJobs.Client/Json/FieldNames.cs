using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>
/// The fields of an API object, found by name. Servers write the fields of all objects in one order, so the field that
/// followed last time is tried first: mostly one comparison of bytes is all. Any case is taken, because the vendor's own
/// documents spell some fields in two ways (<c>taskexEcutorBrief</c>).
/// </summary>
internal sealed class FieldNames
{
    public const int Unknown = -1;

    private readonly byte[][] _names;
    private readonly byte[][] _compact;
    private readonly string[] _texts;

    private FieldNames(string[] texts)
    {
        _texts = texts;
        _names = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        _compact = texts.Select(text => Encoding.UTF8.GetBytes($"\"{text}\":")).ToArray();
    }

    /// <typeparam name="TField">Its members are the fields, in the documents' order, in Pascal case.</typeparam>
    public static FieldNames Of<TField>()
        where TField : struct, Enum =>
        new(Enum.GetNames<TField>().Select(name => char.ToLowerInvariant(name[0]) + name.Substring(1)).ToArray());

    /// <param name="reader">Stands at the name.</param>
    /// <param name="guess">The field that is expected here.</param>
    /// <returns>The field's place in the enumeration, or <see cref="Unknown"/>.</returns>
    public int Find(ref Utf8JsonReader reader, int guess)
    {
        // Escaped names are compared as text: the reader refuses to compare those that hold half a surrogate pair.
        byte[][] names = _names;
        return (uint)guess < (uint)names.Length && !reader.ValueIsEscaped && reader.ValueTextEquals(names[guess]) ? guess : Search(ref reader);
    }

    /// <summary>The same for a cursor, which takes a documented spelling only and passes over the name and its colon.</summary>
    [MethodImpl(Hot.Path)]
    public int Find(ref CompactCursor cursor, int guess)
    {
        byte[][] names = _compact;
        if ((uint)guess < (uint)names.Length && cursor.Pass(names[guess]))
        {
            return guess;
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (cursor.Pass(names[i]))
            {
                return i;
            }
        }

        return Unknown;
    }

    private int Search(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < _names.Length && !reader.ValueIsEscaped; i++)
        {
            if (reader.ValueTextEquals(_names[i]))
            {
                return i;
            }
        }

        string text = JsonText.ReadString(ref reader);
        return Array.FindIndex(_texts, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
    }
}
