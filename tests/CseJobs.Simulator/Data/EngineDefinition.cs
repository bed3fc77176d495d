using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Data;

/// <summary>What sets one engine apart from another.</summary>
internal sealed record EngineDefinition(string Id)
{
    public const int DefaultJobs = 25;

    private readonly NewestJob? _newest;

    public string Name { get; init; } = NameOf(Id);

    public EngineKind Kind { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Its version; null for the latest of its kind.</summary>
    public string? Version { get; init; }

    /// <summary>Its status while no job is running or has failed.</summary>
    public string RestingStatus { get; init; } = EngineStatuses.Available;

    /// <summary>Whether the list of engines shows it. Those made on demand are known only to who asks for them.</summary>
    public bool Listed { get; init; }

    public int Jobs { get; init; } = DefaultJobs;

    /// <summary>How far its jobs lie apart, in milliseconds; null for what suits their number.</summary>
    public long? Spacing { get; init; }

    public required OffsetReading Reading { get; init; }

    public required int MaxLimit { get; init; }

    public string EnterpriseProjectId { get; init; } = "0";

    public List<ScenarioUse> Scenarios { get; init; } = [];

    /// <summary>The scenario that makes the newest job live, if there is one.</summary>
    public ScenarioUse? Life => Scenarios.Where(use => use.Scenario.Life is not null).Select(use => (ScenarioUse?)use).FirstOrDefault();

    /// <summary>What its newest job is, all others having ended; null for the usual mixture.</summary>
    public NewestJob? Newest
    {
        get => _newest ?? Life?.Scenario.Life switch
        {
            null => null,
            LifeKind.Deletes => new NewestJob(JobStatuses.Executing, JobTypes.Delete),
            _ => new NewestJob(JobStatuses.Executing, JobTypes.Upgrade),
        };
        init => _newest = value;
    }

    /// <summary>The name that goes with an id. Real ids are UUIDs, whose engines have names of their own.</summary>
    public static string NameOf(string id) => Guid.TryParse(id, out _) ? "cse-" + id[..8] : id;
}
