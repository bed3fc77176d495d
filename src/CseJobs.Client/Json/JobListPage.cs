using System.Collections.Generic;

namespace CseJobs.Client.Json;

/// <summary>One answer of the list call (API object <c>JobGetListResp</c>).</summary>
internal sealed class JobListPage
{
    /// <summary>Number of jobs that match the query (API field <c>total</c>); null when the server did not say.</summary>
    public long? Total { get; set; }

    /// <summary>The jobs on the page (API field <c>data</c>).</summary>
    public List<EngineJob> Data { get; } = new();
}
