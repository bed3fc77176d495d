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
