using System;

namespace CseJobs.Client.Http;

/// <summary>Random numbers for any thread: netstandard2.0 has no shared generator.</summary>
internal static class ThreadSafeRandom
{
    private static readonly Random Generator = new();

    /// <summary>A number from 0 to 1.</summary>
    public static double Next()
    {
        lock (Generator)
        {
            return Generator.NextDouble();
        }
    }
}
