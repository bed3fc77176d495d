using System.Globalization;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Data;

/// <summary>The engines a project might have: names, kinds and states as they occur in practice.</summary>
internal static class Fleet
{
    private const long Day = 86_400_000L;

    private static readonly NewestJob Configured = new(JobStatuses.Finished, JobTypes.Configure);
    private static readonly NewestJob Modified = new(JobStatuses.Finished, JobTypes.Modify);

    // The first twelve; each further dozen repeats them under names with a number.
    private static readonly FleetMember[] Members =
    [
        new("prod-orders", "Order management") { Newest = Configured },
        new("prod-payments", "Payments; ask finance before any change") { Version = "2.4.0", Scenarios = "progress12" },
        new("test-gateway", "") { Kind = EngineKind.MicroGateway, Newest = Modified },
        new("prod-inventory", "") { Version = "2.3.4", Newest = new(JobStatuses.Error, JobTypes.Upgrade) },
        new("生产网关", "华北区生产环境网关") { Kind = EngineKind.MicroGateway, Newest = Configured },
        new("shared-registry", "Registry of all teams") { Kind = EngineKind.Nacos, Newest = Modified },
        new("test-orders", "") { Newest = new(JobStatuses.Timeout, JobTypes.Configure) },
        new("staging-checkout", "") { Jobs = 1, Scenarios = "stuck" },
        new("dev-sandbox", "Free for all") { Version = "2.3.1", Newest = Modified, RestingStatus = EngineStatuses.Freezed },
        new("legacy-billing", "To be removed") { Version = "2.3.1", Newest = new(JobStatuses.Error, JobTypes.Delete) },
        new("perf-loadtest", "") { Kind = EngineKind.Shared, Newest = Configured },
        new("dr-standby", "Disaster recovery") { Newest = Configured, RestingStatus = EngineStatuses.Unavailable },
    ];

    /// <summary>As many engines as the options want.</summary>
    public static IEnumerable<EngineDefinition> Create(SimulatorOptions options)
    {
        for (int i = 0; i < options.Engines; i++)
        {
            FleetMember member = Members[i % Members.Length];
            int round = (i / Members.Length) + 1;
            string name = round == 1 ? member.Name : string.Create(CultureInfo.InvariantCulture, $"{member.Name}-{round}");
            if (!ScenarioCatalog.TryParseList(member.Scenarios, out List<ScenarioUse> scenarios, out string unknown))
            {
                throw new InvalidOperationException($"There is no scenario '{unknown}'.");
            }

            yield return new EngineDefinition(EngineIds.For(name, options.Seed))
            {
                Name = name,
                Kind = member.Kind,
                Description = member.Description,
                Version = member.Version,
                RestingStatus = member.RestingStatus,
                Listed = true,
                Jobs = member.Jobs ?? 3 + (i % 5),
                Spacing = (5 + (i % 9)) * Day,
                Reading = options.OffsetReading,
                MaxLimit = options.MaxLimit,
                Newest = member.Newest,
                Scenarios = scenarios,
            };
        }
    }
}
