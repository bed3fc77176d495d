using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator;

/// <summary>How a simulator is set up. Every value has a default that works.</summary>
public sealed class SimulatorOptions
{
    private IReadOnlyList<SimulatedAccount>? _accounts;

    /// <summary>The TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; set; }

    /// <summary>The number of jobs of <see cref="CseSimulator.DefaultEngineId"/>.</summary>
    public int Jobs { get; set; } = 1000;

    /// <summary>How many engines are listed besides <see cref="CseSimulator.DefaultEngineId"/> and <see cref="CseSimulator.SeedEngineId"/>.</summary>
    public int Engines { get; set; } = 12;

    /// <summary>Seeds the generated data: the same seed and <see cref="Now"/> give the same jobs.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>The X-Auth-Token that is accepted for <see cref="ProjectId"/> without having been issued; it never expires.</summary>
    public string Token { get; set; } = "sim-token";

    /// <summary>The project of <see cref="Token"/>, and of the first default account.</summary>
    public string ProjectId { get; set; } = "0123456789abcdef0123456789abcdef";

    /// <summary>What <c>offset</c> means, unless an engine says otherwise.</summary>
    public OffsetReading OffsetReading { get; set; } = OffsetReading.PagesFromOne;

    /// <summary>A larger <c>limit</c> is cut to this without a word, as real servers do.</summary>
    public int MaxLimit { get; set; } = 1000;

    /// <summary>The <c>limit</c> of a request that names none.</summary>
    public int DefaultLimit { get; set; } = 10;

    /// <summary>
    /// The instant the newest generated jobs lie just before. Null is 2026-11-20T12:00:00Z, not the clock, so that the
    /// data is the same on every run.
    /// </summary>
    public DateTimeOffset? Now { get; set; }

    /// <summary>How many requests are remembered; the oldest are dropped, so that a soak test does not grow for ever.</summary>
    public int RecordLimit { get; set; } = 100_000;

    /// <summary>Scenarios that every engine has, by name, separated by commas; those of the total and of a refused limit hold for the list of engines too.</summary>
    /// <exception cref="ArgumentException">There is no such scenario.</exception>
    public string? Scenarios
    {
        get;
        set => ScenarioUses = ScenarioCatalog.TryParseList(field = value, out List<ScenarioUse> uses, out string unknown)
            ? uses
            : throw new ArgumentException($"There is no scenario '{unknown}'.", nameof(value));
    }

    internal IReadOnlyList<ScenarioUse> ScenarioUses { get; private set; } = [];

    /// <summary>
    /// Who can sign in. By default account-a/user-a with the project <see cref="ProjectId"/>, and account-b/user-b with one
    /// project of its own in cn-north-4 and two in cn-south-1. Read once, at the start.
    /// </summary>
    public IReadOnlyList<SimulatedAccount> Accounts
    {
        get => _accounts ?? SimulatedAccount.Defaults(ProjectId);
        set => _accounts = value;
    }

    /// <summary>How long a token of POST /v3/auth/tokens is good for.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long temporary keys of the metadata service are good for.</summary>
    public TimeSpan AgencyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How the metadata service answers.</summary>
    public MetadataMode MetadataMode { get; set; } = MetadataMode.Both;

    /// <summary>What the simulator's clock runs on: lifetimes, the skew of signatures, the Date header. Generated jobs do not depend on it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>By how much the simulator's clock is ahead of <see cref="TimeProvider"/>; negative if it is behind.</summary>
    public TimeSpan DateSkew { get; set; }

    /// <summary>The IAM token call answers 401 with the whole request body, password included, in its message.</summary>
    public bool IamEcho { get; set; }

    /// <summary>Whether it listens with TLS, and what is wrong with its certificate.</summary>
    public TlsMode Tls { get; set; }

    internal static readonly DateTimeOffset FixedNow = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
}
