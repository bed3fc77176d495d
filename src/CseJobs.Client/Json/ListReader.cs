namespace CseJobs.Client.Json;

/// <summary>One answer of a list call (API object <c>JobGetListResp</c> and its counterpart for engines).</summary>
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
internal sealed class ListReader<T>(ReadObject<T> read, string items)
{
    public ListAnswer<T> ReadPage(ref JsonFieldReader json)
    {
        var page = new ListAnswer<T>();
        bool isPage = ReadInto(page, ref json);
        if (page.Data.Count > json.Limit.Items)
            throw new AnswerTooLargeException(string.Create(CultureInfo.InvariantCulture, $"The server sent {page.Data.Count:N0} {items} where {json.Limit.PageSize} were asked for."));

        return isPage ? page : throw new JsonException($"The answer has neither 'total' nor 'data': it is not a list of {items}.");
    }

    private bool ReadInto(ListAnswer<T> page, ref JsonFieldReader json)
    {
        if (json.Value() == JsonTokenType.StartArray)
            return json.List((ref JsonFieldReader inner) => ReadInto(page, ref inner)).TrueForAll(isOne => isOne);

        bool recognised = false;
        json.Enter("A list of " + items);
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "total": page.Total = json.NumberOrNull() ?? page.Total; recognised = true; break;
                case "data": page.Data.AddRange(json.List(read)); recognised = true; break;
                case "ok": recognised |= ReadInto(page, ref json); break;
                default: json.Skip(); break;
            }
        }

        return recognised;
    }
}
