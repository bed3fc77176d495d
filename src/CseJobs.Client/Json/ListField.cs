namespace CseJobs.Client.Json;

/// <summary>The fields of a list's answer.</summary>
internal enum ListField
{
    /// <summary>How many items match.</summary>
    Total,

    /// <summary>The items.</summary>
    Data,

    /// <summary>What the documents' table wraps the answer in.</summary>
    OK,
}
