using System.Globalization;

namespace CseJobs.Simulator.Data;

/// <summary>
/// Everything that is told of an engine, at one instant: what follows from its newest job agrees with the job that is named.
/// Addresses and ids are worked out from the engine's id and the seed.
/// </summary>
internal sealed record EngineProfile(SimulatedEngine Engine, SimulatedJob? Latest)
{
    private const long Day = 86_400_000L;

    public required string Status { get; init; }

    public required string[] Actions { get; init; }

    public required string Flavor { get; init; }

    public required string Version { get; init; }

    public required string LatestVersion { get; init; }

    public required long CreateTime { get; init; }

    /// <summary>When the subscription ends; null where one pays per use, or nothing.</summary>
    public required long? DueTo { get; init; }

    public required string CreateUser { get; init; }

    public required string AuthType { get; init; }

    /// <summary>Empty before the engine is created.</summary>
    public required string Address { get; init; }

    /// <summary>Empty for most engines.</summary>
    public required string PublicAddress { get; init; }

    public required int InstanceLimit { get; init; }

    public required int UsedInstances { get; init; }

    public required int Subnet { get; init; }

    public required string NetworkId { get; init; }

    public required string ClusterId { get; init; }

    public required string NodeId { get; init; }

    public required string PublicIpId { get; init; }

    public string Type => Engine.Kind switch
    {
        EngineKind.Shared => "CSE_Share",
        EngineKind.Nacos => "NACOS",
        EngineKind.MicroGateway => "MICROGATEWAY",
        _ => "CSE",
    };

    public string SpecType => Engine.Kind switch
    {
        EngineKind.Nacos => "Nacos2",
        EngineKind.MicroGateway => "MicroGateway",
        _ => "CSE2",
    };

    /// <summary>0 is a subscription, 1 pays per use, 2 is free.</summary>
    public string Payment => DueTo is not null ? "0" : Engine.Kind == EngineKind.Shared ? "2" : "1";

    /// <summary>What is known of an engine now.</summary>
    public static EngineProfile Of(SimulatedEngine engine, SimulatorOptions options)
    {
        EngineDefinition definition = engine.Definition;
        SimulatedJob? latest = engine.LatestJob;
        string status = EngineStatuses.Of(latest, definition.RestingStatus);
        long now = (options.Now ?? SimulatorOptions.FixedNow).ToUnixTimeMilliseconds();
        var dice = new Dice(Dice.Hash(engine.Id) ^ ((ulong)(uint)options.Seed << 32) ^ 0xE5);
        (string[] flavors, string newest) = Kinds(engine.Kind);
        int size = dice.Below(flavors.Length);
        int limit = 200 << (2 * size);
        int subnet = dice.Below(200);
        string host = string.Create(CultureInfo.InvariantCulture, $"{subnet}.{10 + dice.Below(200)}");
        bool built = status is not ("Creating" or "CreateFailed");
        bool open = dice.Below(4) == 0 && built;
        bool frozen = definition.RestingStatus == EngineStatuses.Freezed;
        long created = engine.FirstJob?.Created ?? now;
        return new EngineProfile(engine, latest)
        {
            Status = status,
            Actions = EngineStatuses.Actions(engine.Kind, latest),
            Flavor = flavors[size],
            Version = definition.Version ?? newest,
            LatestVersion = newest,
            CreateTime = created,

            // Frozen is what becomes of an engine whose subscription has run out.
            DueTo = frozen ? now - (3 * Day) : dice.Below(5) == 0 && engine.Kind != EngineKind.Shared ? now + ((30 + dice.Below(300)) * Day) : null,
            CreateUser = engine.FirstJob?.CreateUser ?? "",
            AuthType = engine.Kind == EngineKind.ServiceComb && dice.Below(3) > 0 ? "RBAC" : "NONE",
            Address = built ? "192.168." + host : "",
            PublicAddress = open ? "203.0.113." + (1 + dice.Below(250)).ToString(CultureInfo.InvariantCulture) : "",
            InstanceLimit = limit,
            UsedInstances = built ? dice.Below(limit * 6 / 10) : 0,
            Subnet = subnet,
            NetworkId = EngineIds.Next(ref dice),
            ClusterId = EngineIds.Next(ref dice),
            NodeId = EngineIds.Next(ref dice),
            PublicIpId = open ? EngineIds.Next(ref dice) : "",
        };
    }

    // The flavors in the order of their size, and the version that is the latest.
    private static (string[] Flavors, string Version) Kinds(EngineKind kind) => kind switch
    {
        EngineKind.Nacos => (["cse.nacos2.c1.large.10", "cse.nacos2.c1.xlarge.20", "cse.nacos2.c1.xlarge.50"], "2.1.0.4"),
        EngineKind.MicroGateway =>
            (["cse.microgateway.pro.small.1", "cse.microgateway.pro.medium.1", "cse.microgateway.pro.large.1"], "1.0.6"),
        _ => (["cse.s1.small2", "cse.s1.medium2", "cse.s1.large2"], "2.4.1"),
    };
}
