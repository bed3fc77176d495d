using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>One answer of a list call (API object <c>JobGetListResp</c> and its counterpart for engines).</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class ListAnswer<T>
{
    /// <summary>Number of items that match the query (API field <c>total</c>); null when the server did not say.</summary>
    public long? Total { get; set; }

    /// <summary>The items on the page (API field <c>data</c>).</summary>
    public List<T> Data { get; } = new();
}

/// <summary>
/// Reads a page of a list in each of the three shapes that the documents give: <c>{total,data}</c> (their example),
/// <c>[{total,data}]</c> and <c>{"OK":[{total,data}]}</c> (their table).
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="read">Reads an item.</param>
/// <param name="items">What the items are called, in the plural.</param>
internal sealed class ListReader<T>(ListReader<T>.ReadItem read, string items)
{
    /// <summary>Reads an item at the reader.</summary>
    public delegate T ReadItem(ref JsonFieldReader json);

    /// <exception cref="JsonException">It is no page.</exception>
    public ListAnswer<T> ReadAnswer(ReadOnlySpan<byte> body, TextPool texts)
    {
        var json = new JsonFieldReader(body, texts);
        var page = new ListAnswer<T>();
        bool recognised = ReadShape(ref json, page);
        json.End();
        return recognised ? page : throw new JsonException($"The answer has neither 'total' nor 'data': it is not a list of {items}.");
    }

    private bool ReadShape(ref JsonFieldReader json, ListAnswer<T> page)
    {
        if (json.Value() != JsonTokenType.StartArray)
        {
            return ReadObject(ref json, page);
        }

        bool recognised = true;
        while (json.NextItem())
        {
            recognised &= ReadShape(ref json, page);
        }

        return recognised;
    }

    private bool ReadObject(ref JsonFieldReader json, ListAnswer<T> page)
    {
        json.Enter(JsonTokenType.StartObject, $"A list of {items} was expected");
        bool recognised = false;
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "total":
                    recognised = true;
                    page.Total = json.NumberOrNull() ?? page.Total;
                    break;
                case "data":
                    recognised = true;
                    ReadItems(ref json, page.Data);
                    break;
                case "ok":
                    recognised |= ReadShape(ref json, page);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return recognised;
    }

    private void ReadItems(ref JsonFieldReader json, List<T> data)
    {
        if (json.TryEnter(JsonTokenType.StartArray, $"An array of {items} was expected"))
        {
            while (json.NextItem())
            {
                data.Add(read(ref json));
            }
        }
    }
}
