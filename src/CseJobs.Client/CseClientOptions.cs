namespace CseJobs.Client;

/// <summary>Where and how a <see cref="CseClient"/> sends.</summary>
public sealed record CseClientOptions : CseTransportOptions
{
    /// <summary>Makes options with their defaults.</summary>
    public CseClientOptions()
    {
    }

    /// <summary>Makes options that send in the same way as others.</summary>
    /// <param name="transport">The options to copy.</param>
    internal CseClientOptions(CseTransportOptions transport)
        : base(transport)
    {
    }

    /// <summary>Base address of the API, <c>https://cse.cn-north-4.myhuaweicloud.com</c> for example. A path is kept as a prefix.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Project id, 1 to 64 characters (API path parameter <c>project_id</c>).</summary>
    public required string ProjectId { get; init; }

    /// <summary>Enterprise project id (header <c>X-Enterprise-Project-ID</c>); null lets the server take its default, 0.</summary>
    public string? EnterpriseProjectId { get; init; }
}
