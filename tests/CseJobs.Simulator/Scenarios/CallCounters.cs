using System.Collections.Concurrent;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Counts calls under words. Safe to use from several threads: no two calls get the same number.</summary>
internal sealed class CallCounters
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Next(string word) => _counts.AddOrUpdate(word, 1, (_, count) => count + 1);

    public int Read(string word) => _counts.TryGetValue(word, out int count) ? count : 0;
}
