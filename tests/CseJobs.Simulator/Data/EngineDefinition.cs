using System;
using System.Collections.Generic;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Data;

/// <summary>What sets one engine apart from another.</summary>
internal sealed record EngineDefinition(string Id)
{
    public const int DefaultJobs = 25;

    public int Jobs { get; init; } = DefaultJobs;

    public required OffsetReading Reading { get; init; }

    public required int MaxLimit { get; init; }

    public string EnterpriseProjectId { get; init; } = "0";

    public List<ScenarioUse> Scenarios { get; init; } = [];

    /// <summary>The name that goes with an id. Real ids are UUIDs, whose engines have names of their own.</summary>
    public static string NameOf(string id) => Guid.TryParse(id, out _) ? "cse-" + id[..8] : id;
}
