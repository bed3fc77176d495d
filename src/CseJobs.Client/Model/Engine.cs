using CseJobs.Client;

namespace CseJobs;

/// <summary>
/// A microservice engine. The same type comes from both calls: the list has the counters of instances, an engine read by its id
/// has who created it and how it is built. What a call does not tell is null or empty.
/// </summary>
public sealed class Engine
{
    internal Engine() { }

    /// <summary>Engine id (API field <c>id</c>), a UUID.</summary>
    public string Id { get; internal set; } = string.Empty;

    /// <summary>The same as <see cref="Id"/>, under the name that the job cmdlets know it by: engines pipe into them.</summary>
    public string EngineId => Id;

    /// <summary>Name (API field <c>name</c>), 3 to 24 characters when it is created; unique within a project.</summary>
    public string? Name { get; internal set; }

    /// <summary>Description (API field <c>description</c>), often empty.</summary>
    public string? Description { get; internal set; }

    /// <summary>
    /// State (API field <c>status</c>), in the server's words: Creating, Available, Unavailable, Deleting, Deleted, Upgrading,
    /// Modifying, CreateFailed, DeleteFailed, UpgradeFailed, ModifyFailed or Freezed.
    /// </summary>
    public string? Status { get; internal set; }

    /// <summary>Kind (API field <c>type</c>): CSE, NACOS, CSE_Share, MICROGATEWAY and others.</summary>
    public string? Type { get; internal set; }

    /// <summary>Kind of specification (API field <c>specType</c>): CSE2, Nacos2 or MicroGateway.</summary>
    public string? SpecType { get; internal set; }

    /// <summary>Size (API field <c>flavor</c>), <c>cse.s1.medium2</c> for example.</summary>
    public string? Flavor { get; internal set; }

    /// <summary>Version that runs (API field <c>version</c>).</summary>
    public string? Version { get; internal set; }

    /// <summary>Newest version that it can be upgraded to (API field <c>latestVersion</c>).</summary>
    public string? LatestVersion { get; internal set; }

    /// <summary>How clients of the engine sign in to it (API field <c>authType</c>): RBAC or NONE.</summary>
    public string? AuthType { get; internal set; }

    /// <summary>How it is paid (API field <c>payment</c>, digits in a text): 1 is pay per use.</summary>
    public string? Payment { get; internal set; }

    /// <summary>Enterprise project (API field <c>enterpriseProjectId</c>); <c>0</c> is the default one.</summary>
    public string? EnterpriseProjectId { get; internal set; }

    /// <summary>Name of the enterprise project (API field <c>enterpriseProjectName</c>).</summary>
    public string? EnterpriseProjectName { get; internal set; }

    /// <summary>When it was created (API field <c>createTime</c>, epoch milliseconds) in local time; null when that is not known.</summary>
    public DateTime? CreateTime => WireTime.ToLocal(CreateTimeMs);

    /// <summary>When its subscription ends (API field <c>dueTo</c>) in local time; null when it has none.</summary>
    public DateTime? DueTo => WireTime.ToLocal(DueToMs);

    /// <summary>Id of its newest job (API field <c>latestJobId</c>) when the engine was read; null when it had none.</summary>
    public long? LatestJobId { get; internal set; }

    /// <summary>
    /// What may be done with it now (API field <c>engineAdditionalActions</c>): <c>Retry</c> when its newest job has failed and may be
    /// tried again; Noting, ForceDelete, Rollback and others.
    /// </summary>
    public IReadOnlyList<string> EngineAdditionalActions { get; internal set; } = ItemList<string>.Empty;

    /// <summary>Instances of services that it can hold (API field <c>totalInstance</c>); null for an engine read by its id.</summary>
    public long? TotalInstance { get; internal set; }

    /// <summary>Instances registered with it (API field <c>usedInstance</c>); null for an engine read by its id.</summary>
    public long? UsedInstance { get; internal set; }

    /// <summary>Instances that it still has room for (API field <c>availableInstance</c>); null for an engine read by its id.</summary>
    public long? AvailableInstance { get; internal set; }

    /// <summary>Address within the network (API field <c>externalAddress</c>, in details within <c>externalEntrypoint</c>).</summary>
    public string? ExternalAddress { get; internal set; }

    /// <summary>Address on the internet (API field <c>publicAddress</c>, in details within <c>externalEntrypoint</c>); empty when it has none.</summary>
    public string? PublicAddress { get; internal set; }

    /// <summary>Addresses of its services within the network, by name (API field <c>serviceEndpoint</c>).</summary>
    public IReadOnlyDictionary<string, object?> ServiceEndpoint { get; internal set; } = FieldMap.None;

    /// <summary>Addresses of its services on the internet, by name (API field <c>publicServiceEndpoint</c>).</summary>
    public IReadOnlyDictionary<string, object?> PublicServiceEndpoint { get; internal set; } = FieldMap.None;

    /// <summary>Network, zones and limits that it was created with (API field <c>reference</c>).</summary>
    public IReadOnlyDictionary<string, object?> Reference { get; internal set; } = FieldMap.None;

    /// <summary>Cluster that it runs on (API field <c>cceSpec</c>); empty for list items.</summary>
    public IReadOnlyDictionary<string, object?> CceSpec { get; internal set; } = FieldMap.None;

    /// <summary>Tags (API field <c>tags</c>); empty for list items.</summary>
    public IReadOnlyDictionary<string, object?> Tags { get; internal set; } = FieldMap.None;

    /// <summary>Machines that it runs on (API field <c>vmIds</c>); empty for list items.</summary>
    public IReadOnlyList<string> VmIds { get; internal set; } = ItemList<string>.Empty;

    /// <summary>Whether it is the project's default engine (API field <c>beDefault</c>); null for list items.</summary>
    public bool? BeDefault { get; internal set; }

    /// <summary>Project (API field <c>projectId</c>); null for list items.</summary>
    public string? ProjectId { get; internal set; }

    /// <summary>Who created it (API field <c>createUser</c>); null for list items.</summary>
    public string? CreateUser { get; internal set; }

    /// <summary>Fields that the server sent and this version does not know, as plain values; empty as a rule.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties => UnknownFields ?? FieldMap.None;

    /// <summary>Who read it; see <see cref="CseClient.ReaderOf"/>.</summary>
    internal CseClient? Reader { get; set; }

    internal long CreateTimeMs { get; set; }

    internal long DueToMs { get; set; }

    internal FieldMap? UnknownFields { get; set; }

    /// <summary>The engine in a few words.</summary>
    /// <returns>For example <c>prod-orders Available</c>.</returns>
    public override string ToString() => $"{Name} {Status}";
}
