using System.Runtime.CompilerServices;

namespace CseJobs.Client.Json;

/// <summary>For methods that run for each of a hundred thousand jobs within the first second of a process.</summary>
internal static class Hot
{
    /// <summary>
    /// AggressiveOptimization, which netstandard2.0 does not name: compiled well at once. The usual way, quickly first and
    /// well after some thousand calls, takes longer than most listings.
    /// </summary>
    public const MethodImplOptions Path = (MethodImplOptions)512;
}
