using System.Globalization;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Model;
using CseJobs.Client.Text;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads an answer field by field: <see cref="NextField"/>, a <c>switch</c> over <see cref="Name"/>, and a method for the kind of
/// value that the field holds. Those methods tolerate what the API's documents leave open and refuse the rest with a
/// <see cref="JsonException"/>; deep nesting ends in one as well (<see cref="JsonReaderOptions.MaxDepth"/>, 64).
/// </summary>
internal ref struct JsonFieldReader
{
    // Longer than any field of the API.
    private const int MaxName = 64;

    private readonly ReadOnlySpan<byte> _body;
    private readonly TextPool _texts;
    private readonly char[] _name = new char[MaxName];
    private Utf8JsonReader _json;

    /// <param name="body">The answer.</param>
    /// <param name="texts">Texts read before.</param>
    public JsonFieldReader(ReadOnlySpan<byte> body, TextPool texts)
    {
        _body = body;
        _texts = texts;
        _json = new Utf8JsonReader(body);
        _json.Read();
    }

    /// <summary>
    /// The field's name in lower case, so that any case is taken: the vendor's own documents spell some fields in two ways
    /// (<c>taskexEcutorBrief</c>). Empty for a name that no documented field has.
    /// </summary>
    public ReadOnlySpan<char> Name
    {
        get
        {
            ReadOnlySpan<byte> name = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(StringToken()) : _json.ValueSpan;
            return name.Length <= MaxName && Ascii.ToLower(name, _name, out int length) == System.Buffers.OperationStatus.Done ? _name.AsSpan(0, length) : default;
        }
    }

    /// <summary>Moves to the next field of an object.</summary>
    /// <returns>False at the object's end.</returns>
    public bool NextField() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the next item of an array that is not null.</summary>
    /// <returns>False at the array's end.</returns>
    public bool NextItem()
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.Null)
        {
        }

        return _json.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Moves from a field's name to its value, if it does not stand there yet.</summary>
    /// <returns>What begins there.</returns>
    public JsonTokenType Value()
    {
        if (_json.TokenType == JsonTokenType.PropertyName)
        {
            _json.Read();
        }

        return _json.TokenType;
    }

    /// <summary>Enters an object or array.</summary>
    /// <param name="start">Which of the two.</param>
    /// <param name="expectation">What should be there: a sentence without its full stop.</param>
    public void Enter(JsonTokenType start, string expectation)
    {
        if (Value() != start)
        {
            throw Error(expectation);
        }
    }

    /// <summary>The same where null stands for nothing.</summary>
    /// <returns>False for null.</returns>
    public bool TryEnter(JsonTokenType start, string expectation)
    {
        if (Value() == JsonTokenType.Null)
        {
            return false;
        }

        Enter(start, expectation);
        return true;
    }

    /// <summary>Passes over the value.</summary>
    public void Skip() => _json.Skip();

    /// <summary>Makes sure that nothing follows the answer.</summary>
    public void End() => _json.Read();

    /// <summary>A text, safe to show. Numbers and booleans become their text, and an object or array (a context or output that is not wrapped in a string) its JSON.</summary>
    public string? Text() => Value() switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when !_json.ValueIsEscaped => _texts.Get(_json.ValueSpan),
        JsonTokenType.String => SafeText.Clean(StringToken()),
        _ => SafeText.Clean(RawValue()),
    };

    /// <summary>A list of names. A single name may come without its brackets, and what is no name is left out.</summary>
    public ItemList<string> Texts()
    {
        if (Value() != JsonTokenType.StartArray)
        {
            return Text() is { Length: > 0 } single ? new ItemList<string>([single]) : ItemList<string>.Empty;
        }

        var list = new List<string>();
        while (NextItem())
        {
            list.Add(Text()!);
        }

        return new ItemList<string>(list);
    }

    /// <summary>
    /// A whole number: as a number, as digits in a string, as true or false (<c>timeout</c> is described as "whether it times
    /// out"), as null or an empty string (0, which the model reads as absent).
    /// </summary>
    public long Number() => Value() switch
    {
        JsonTokenType.Number => _json.TryGetInt64(out long value) ? value : OddNumber(),
        JsonTokenType.Null or JsonTokenType.False => 0,
        JsonTokenType.True => 1,
        JsonTokenType.String when string.IsNullOrWhiteSpace(StringToken()) => 0,
        JsonTokenType.String when TryDigits(out long value) => value,
        _ => throw Error("A number was expected"),
    };

    /// <summary>The same; null for null.</summary>
    public long? NumberOrNull() => Value() == JsonTokenType.Null ? null : Number();

    /// <summary>A job id: a number or its digits in a string, and nothing else, because an id that is rounded or defaulted names another job.</summary>
    public long Id() => Value() switch
    {
        JsonTokenType.Number when _json.TryGetInt64(out long id) => id,
        JsonTokenType.String when TryDigits(out long id) => id,
        _ => throw Error("A job id was expected"),
    };

    /// <summary>One of the API's 0/1 flags; true, false and their texts are taken too.</summary>
    public bool Flag() => Value() == JsonTokenType.String && bool.TryParse(StringToken(), out bool flag) ? flag : Number() != 0;

    /// <summary>A time of an engine: milliseconds as elsewhere, or a date, for <c>dueTo</c> is "time" in the documents and nothing more.</summary>
    /// <returns>False for another text; the reader has not moved then.</returns>
    public bool TryTime(out long ms)
    {
        JsonFieldReader value = this;
        ms = 0;
        if (value.Value() == JsonTokenType.String && value.StringToken().Trim() is { Length: > 0 } text && !value.TryDigits(out _))
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            {
                return false;
            }

            ms = time.ToUnixTimeMilliseconds();
        }
        else
        {
            ms = value.Number();
        }

        this = value;
        return true;
    }

    /// <summary>Whether the value is an object or null, without moving to it.</summary>
    public readonly bool IsObjectOrNull()
    {
        JsonFieldReader value = this;
        return value.Value() is JsonTokenType.StartObject or JsonTokenType.Null;
    }

    /// <summary>An object whose fields are not known one by one; null counts as an empty one.</summary>
    /// <returns>False for another value; the reader has not moved then.</returns>
    public bool TryFields(out FieldMap fields)
    {
        bool isObjectOrNull = IsObjectOrNull();
        fields = isObjectOrNull && Plain() is FieldMap map ? map : FieldMap.None;
        return isObjectOrNull;
    }

    /// <summary>Keeps a field that this version does not know, under its name, as a plain value.</summary>
    public void Keep(FieldMap fields)
    {
        // A repeated name, be it in another case: the last one wins, as in the rest of the model.
        string name = SafeText.Clean(StringToken());
        fields.Set(name, Plain());
    }

    /// <summary>Says what an answer should have held, and where it does not.</summary>
    /// <param name="expectation">A sentence without its full stop.</param>
    public readonly JsonException Error(string expectation)
    {
        string found = _json.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "this text",
            JsonTokenType.Number => "this number",
            JsonTokenType.True or JsonTokenType.False => "true or false",
            JsonTokenType.Null => "null",
            _ => "what is there",
        };
        return new JsonException($"{expectation}, not {found} (at byte {_json.TokenStartIndex}).");
    }

    /// <summary>Says what an object that has just ended lacks.</summary>
    /// <param name="what">A sentence without its full stop.</param>
    public readonly JsonException Incomplete(string what) => new($"{what} (before byte {_json.TokenStartIndex}).");

    /// <summary>What a shell can show, filter and serialise: no type of the JSON library leaves the client.</summary>
    private object? Plain()
    {
        switch (Value())
        {
            case JsonTokenType.String:
                return Text();
            case JsonTokenType.Number:
                // What no number type holds keeps its digits.
                return _json.TryGetInt64(out long whole) ? whole
                    : _json.TryGetDouble(out double number) && double.IsFinite(number) ? number
                    : RawValue();
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Plain());
                }

                return items.ToArray();
            case JsonTokenType.StartObject:
                var fields = new FieldMap();
                while (NextField())
                {
                    Keep(fields);
                }

                return fields;
            default:
                return null;
        }
    }

    private string RawValue()
    {
        int start = (int)_json.TokenStartIndex;
        _json.Skip();
        return Encoding.UTF8.GetString(_body[start..(int)_json.BytesConsumed]);
    }

    // 1.636540095901E12 is a legal way to write an integer; a fraction of a millisecond is dropped.
    private readonly long OddNumber() =>
        _json.TryGetDouble(out double number) && number is > -9.2e18 and < 9.2e18 ? (long)number : throw Error("A number in range was expected");

    private readonly bool TryDigits(out long value) =>
        long.TryParse(StringToken().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>The string or name at the reader as it came: not made safe.</summary>
    private readonly string StringToken()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return JsonNames.Mend(Encoding.UTF8.GetString(_json.ValueSpan));
        }
    }
}
