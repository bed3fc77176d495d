using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>
/// Reads a page of a list in each of the three shapes that the documents give: <c>{total,data}</c> (their example),
/// <c>[{total,data}]</c> and <c>{"OK":[{total,data}]}</c> (their table).
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class ListReader<T>
{
    private static readonly FieldNames Names = FieldNames.Of<ListField>();

    private readonly ReadItem _read;
    private readonly string _items;

    /// <param name="read">Reads an item.</param>
    /// <param name="items">What it is called, in the plural.</param>
    public ListReader(ReadItem read, string items)
    {
        _read = read;
        _items = items;
    }

    /// <summary>Reads an item at the reader.</summary>
    public delegate T ReadItem(ref Utf8JsonReader reader, TextPool texts);

    /// <exception cref="JsonException">It is no page.</exception>
    public ListAnswer<T> ReadAnswer(ReadOnlySpan<byte> body, TextPool texts)
    {
        var reader = new Utf8JsonReader(body);
        var page = new ListAnswer<T>();
        reader.Read();
        bool recognised = ReadShape(ref reader, page, texts);
        reader.Read();
        return recognised ? page : throw new JsonException($"The answer has neither 'total' nor 'data': it is not a list of {_items}.");
    }

    private bool ReadShape(ref Utf8JsonReader reader, ListAnswer<T> page, TextPool texts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, page, texts);
            case JsonTokenType.StartArray:
                bool recognised = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    recognised &= ReadShape(ref reader, page, texts);
                }

                return recognised;
            default:
                throw JsonError.At(ref reader, $"A list of {_items} was expected");
        }
    }

    private bool ReadObject(ref Utf8JsonReader reader, ListAnswer<T> page, TextPool texts)
    {
        bool recognised = false;
        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            reader.Read();
            switch ((ListField)field)
            {
                case ListField.Total:
                    recognised = true;
                    page.Total = reader.TokenType == JsonTokenType.Null ? page.Total : JsonNumber.Read(ref reader);
                    break;
                case ListField.Data:
                    recognised = true;
                    ReadItems(ref reader, page, texts);
                    break;
                case ListField.OK:
                    recognised |= ReadShape(ref reader, page, texts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return recognised;
    }

    private void ReadItems(ref Utf8JsonReader reader, ListAnswer<T> page, TextPool texts)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw JsonError.At(ref reader, $"An array of {_items} was expected");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                page.Data.Add(_read(ref reader, texts));
            }
        }
    }
}
