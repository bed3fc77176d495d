namespace CseJobs.Simulator.Data;

/// <summary>What is special about one engine of the fleet.</summary>
internal sealed record FleetMember(string Name, string Description)
{
    public EngineKind Kind { get; init; }

    public string? Version { get; init; }

    public string RestingStatus { get; init; } = EngineStatuses.Available;

    public int? Jobs { get; init; }

    public NewestJob? Newest { get; init; }

    public string? Scenarios { get; init; }
}
