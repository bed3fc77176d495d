using System.Buffers;
using System.Text.RegularExpressions;

namespace CseJobs.Client.Json;

/// <summary>How much an answer may hold: kilobytes on the wire can unpack into gigabytes of objects. Far more than any sound answer has.</summary>
/// <param name="PageSize">How many items were asked for; 0 when no list was.</param>
/// <param name="Stop">Ends the reading, which can take a moment.</param>
internal readonly record struct AnswerLimit(int PageSize = 0, CancellationToken Stop = default)
{
    /// <summary>Most items of a list. Servers may clamp what is asked for, upwards too.</summary>
    public int Items => Math.Max(1000, 10 * PageSize);

    /// <summary>Most objects, items of arrays and unknown fields in all: some hundred bytes of memory each.</summary>
    public int Values => Math.Max(200_000, 500 * PageSize);
}

/// <summary>Reads one object at the reader.</summary>
internal delegate T ReadObject<T>(ref JsonFieldReader json);

/// <summary>
/// Reads an answer field by field: <see cref="NextField"/>, a <c>switch</c> over <see cref="Name"/>, and a method for the kind of
/// value that the field holds. Those methods tolerate what the API's documents leave open and refuse the rest with a
/// <see cref="JsonException"/>; nesting deeper than the library's 64 levels ends in one as well.
/// </summary>
internal ref struct JsonFieldReader
{
    // Longer than any field of the API.
    private const int MaxName = 64;

    private readonly ReadOnlySpan<byte> _body;
    private readonly TextPool _texts;
    private readonly char[] _name = new char[MaxName];
    private Utf8JsonReader _json;
    private int _valuesLeft;

    private JsonFieldReader(ReadOnlySpan<byte> body, TextPool texts, AnswerLimit limit)
    {
        _body = body;
        _texts = texts;
        Limit = limit;
        _valuesLeft = limit.Values;
        _json = new Utf8JsonReader(body);
    }

    public AnswerLimit Limit { get; }

    /// <summary>
    /// The field's name in lower case, so that any case is taken: the vendor's own documents spell some fields in two ways
    /// (<c>taskexEcutorBrief</c>). Empty for a name that no documented field has.
    /// </summary>
    public ReadOnlySpan<char> Name
    {
        get
        {
            ReadOnlySpan<byte> name = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(RawText()) : _json.ValueSpan;
            return Ascii.ToLower(name, _name, out int length) == OperationStatus.Done ? _name.AsSpan(0, length) : default;
        }
    }

    /// <summary>Reads a whole answer: one value, and nothing after it.</summary>
    /// <exception cref="AnswerTooLargeException">It holds more than the limit allows.</exception>
    public static T ReadAnswer<T>(ReadOnlySpan<byte> body, TextPool texts, ReadObject<T> read, AnswerLimit limit = default)
    {
        var json = new JsonFieldReader(body, texts, limit);
        json._json.Read();
        T answer = read(ref json);
        json._json.Read();
        return answer;
    }

    /// <summary>Moves from a field's name to its value, if it does not stand there yet, and tells what begins there.</summary>
    public JsonTokenType Value()
    {
        if (_json.TokenType == JsonTokenType.PropertyName)
            _json.Read();

        return _json.TokenType;
    }

    /// <summary>Whether the value is an object or null, without moving to it.</summary>
    public readonly bool IsObjectOrNull()
    {
        JsonFieldReader ahead = this;
        return ahead.Value() is JsonTokenType.StartObject or JsonTokenType.Null;
    }

    /// <summary>Enters an object; what it should be is for the error if there is none.</summary>
    public void Enter(string what)
    {
        if (Value() != JsonTokenType.StartObject)
            throw Error(what + " was expected");
    }

    /// <summary>Moves to the next field of an object; false at its end.</summary>
    public bool NextField() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the next item of an array that is not null; false at its end. Null in place of the array counts as an empty one.</summary>
    public bool NextItem()
    {
        if (_json.TokenType == JsonTokenType.PropertyName && Value() != JsonTokenType.StartArray)
            return _json.TokenType == JsonTokenType.Null ? false : throw Error("An array was expected");

        while (_json.Read() && _json.TokenType == JsonTokenType.Null)
        {
        }

        Count();
        return _json.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Reads an array of objects.</summary>
    public List<T> List<T>(ReadObject<T> read)
    {
        var list = new List<T>();
        while (NextItem())
            list.Add(read(ref this));

        return list;
    }

    /// <summary>Passes over the value.</summary>
    public void Skip() => _json.Skip();

    /// <summary>A text, safe to show. Numbers and booleans become their text, and an object or array (a context or output that is not wrapped in a string) its JSON.</summary>
    public string? Text() => Value() switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when !_json.ValueIsEscaped => _texts.Get(_json.ValueSpan),
        JsonTokenType.String => SafeText.Clean(RawText()),
        _ => SafeText.Clean(RawValue()),
    };

    /// <summary>
    /// The string or name at the reader as it came: not made safe. Half a surrogate pair, which the library refuses to read, costs
    /// that character and not the whole answer: the escapes of regular expressions include those of JSON, and encoding replaces the halves.
    /// </summary>
    public readonly string RawText()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Regex.Unescape(Encoding.UTF8.GetString(_json.ValueSpan))));
        }
    }

    /// <summary>A list of names. A single name may come without its brackets, and what is no name is left out.</summary>
    public ItemList<string> Texts()
    {
        if (Value() == JsonTokenType.StartArray)
            return new ItemList<string>(List((ref JsonFieldReader json) => json.Text()!));

        return Text() is { Length: > 0 } single ? new ItemList<string>([single]) : ItemList<string>.Empty;
    }

    /// <summary>
    /// A whole number: as a number, as digits in a string, as true or false (<c>timeout</c> is described as "whether it times
    /// out"), as null or an empty string (0, which the model reads as absent). A fraction of a millisecond is dropped.
    /// </summary>
    public long Number() => Value() switch
    {
        JsonTokenType.Number when _json.TryGetInt64(out long value) => value,
        JsonTokenType.Number when _json.TryGetDouble(out double value) && value is > -9.2e18 and < 9.2e18 => (long)value,
        JsonTokenType.Null or JsonTokenType.False => 0,
        JsonTokenType.True => 1,
        JsonTokenType.String when TryDigits(out long value) => value,
        JsonTokenType.String when string.IsNullOrWhiteSpace(RawText()) => 0,
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
    public bool Flag() => Value() == JsonTokenType.String && bool.TryParse(RawText(), out bool flag) ? flag : Number() != 0;

    /// <summary>A time of an engine: milliseconds as elsewhere, or a date, for <c>dueTo</c> is "time" in the documents and nothing more.</summary>
    /// <returns>False for another text; the reader has not moved then.</returns>
    public bool TryTime(out long ms)
    {
        JsonFieldReader ahead = this;
        if (ahead.Value() != JsonTokenType.String || ahead.TryDigits(out _) || string.IsNullOrWhiteSpace(ahead.RawText()))
        {
            ms = Number();
            return true;
        }

        bool isDate = DateTimeOffset.TryParse(ahead.RawText(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date);
        ms = date.ToUnixTimeMilliseconds();
        this = isDate ? ahead : this;
        return isDate;
    }

    /// <summary>An object whose fields are not known one by one; null counts as an empty one.</summary>
    /// <returns>False for another value; the reader has not moved then.</returns>
    public bool TryFields(out FieldMap fields)
    {
        bool isObjectOrNull = IsObjectOrNull();
        fields = isObjectOrNull && PlainValue() is FieldMap map ? map : FieldMap.None;
        return isObjectOrNull;
    }

    /// <summary>Keeps a field that this version does not know. Of one name in several cases the last counts, as in the rest of the model.</summary>
    public void Keep(FieldMap fields)
    {
        Count();
        fields.Set(SafeText.Clean(RawText()), PlainValue());
    }

    /// <summary>Says what an answer should have held, in a sentence without its full stop, and where it does not.</summary>
    public readonly JsonException Error(string expectation) => new($"{expectation}, not {_json.TokenType} (at byte {_json.TokenStartIndex}).");

    /// <summary>What a shell can show, filter and serialise: no type of the JSON library leaves the client.</summary>
    private object? PlainValue()
    {
        switch (Value())
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.String: return Text();
            case JsonTokenType.True or JsonTokenType.False: return _json.GetBoolean();
            case JsonTokenType.Number when _json.TryGetInt64(out long whole): return whole;
            case JsonTokenType.Number when _json.TryGetDouble(out double number) && double.IsFinite(number): return number;
            case JsonTokenType.StartObject:
                var fields = new FieldMap();
                while (NextField())
                    Keep(fields);

                return fields;
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                {
                    Count();
                    items.Add(PlainValue());
                }

                return items.ToArray();
            default:
                // A number that no type holds keeps its digits.
                return RawValue();
        }
    }

    private void Count()
    {
        if (--_valuesLeft < 0)
            throw new AnswerTooLargeException(string.Create(CultureInfo.InvariantCulture, $"The server's answer holds more than {Limit.Values:N0} values; it was not read to its end."));

        if (_valuesLeft % 4096 == 0)
            Limit.Stop.ThrowIfCancellationRequested();
    }

    private string RawValue()
    {
        int start = (int)_json.TokenStartIndex;
        _json.Skip();
        return Encoding.UTF8.GetString(_body[start..(int)_json.BytesConsumed]);
    }

    private readonly bool TryDigits(out long value) =>
        long.TryParse(RawText().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
