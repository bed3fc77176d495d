using System.Globalization;

namespace CseJobs.Simulator.Access;

/// <summary>The simulator's own clock, which may be wrong on purpose. A test may set it while the simulator runs.</summary>
internal sealed class SimulatorClock(SimulatorOptions options)
{
    public DateTimeOffset Now => options.TimeProvider.GetUtcNow() + options.DateSkew;

    /// <summary>The Date header to send; null leaves it to Kestrel, whose clock is the machine's.</summary>
    public string? DateHeader => options.DateSkew == TimeSpan.Zero && ReferenceEquals(options.TimeProvider, TimeProvider.System)
        ? null
        : Now.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A time as IAM and the metadata service write it: UTC with six decimals.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
