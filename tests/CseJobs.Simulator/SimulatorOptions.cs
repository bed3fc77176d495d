using System;

namespace CseJobs.Simulator;

/// <summary>How a simulator is set up. Every value has a default that works.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; set; }

    /// <summary>The number of jobs of <see cref="CseSimulator.DefaultEngineId"/>.</summary>
    public int Jobs { get; set; } = 1000;

    /// <summary>Seeds the generated data: the same seed and <see cref="Now"/> give the same jobs.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>The one X-Auth-Token that is accepted.</summary>
    public string Token { get; set; } = "sim-token";

    /// <summary>The one project that exists.</summary>
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

    internal static readonly DateTimeOffset FixedNow = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
}
