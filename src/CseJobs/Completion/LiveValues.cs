using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CseJobs.Client;

namespace CseJobs.Completion;

/// <summary>
/// What the server has to offer for completion, kept for half a minute for each session. A Tab waits a second at most; what
/// comes later is there for the next one. A failure is kept as well: a key that is refused must not be asked for at each Tab.
/// </summary>
internal sealed class LiveValues
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    // A request that nobody waits for any more ends by itself.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    // Weak keys: a session that is gone takes its values along.
    private static readonly ConditionalWeakTable<CseSession, LiveValues> BySession = new();

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly CseSession _session;

    private LiveValues(CseSession session) => _session = session;

    /// <summary>What time it is for the cache; tests set it.</summary>
    internal static Func<DateTime> UtcNow { get; set; } = () => DateTime.UtcNow;

    public static LiveValues Of(CseSession session) => BySession.GetValue(session, key => new LiveValues(key));

    /// <summary>Values from the cache, or from the server if it is quick enough.</summary>
    /// <param name="key">What they are.</param>
    /// <param name="read">Reads them.</param>
    /// <returns>None when they cannot be had within the budget, or at all. Never an exception.</returns>
    public IReadOnlyList<T> Get<T>(string key, Func<CseClient, CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        _entries.TryGetValue(key, out Entry? entry);
        if (entry is null || UtcNow() - entry.Asked > Freshness)
        {
            entry = new Entry(UtcNow(), Task.Run(() => ReadAsync(read)), entry?.Known);
            _entries[key] = entry;
        }

        entry.Values.Wait(Budget);
        return entry.Known as IReadOnlyList<T> ?? Array.Empty<T>();
    }

    private async Task<object?> ReadAsync<T>(Func<CseClient, CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await read(_session.Client, limit.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it is: completion shows no errors, the cmdlet itself will tell.
            return null;
        }
    }

    /// <param name="asked">When the server was asked.</param>
    /// <param name="values">Its answer; null when it failed.</param>
    /// <param name="before">What it had answered before: better than nothing.</param>
    private sealed class Entry(DateTime asked, Task<object?> values, object? before)
    {
        public DateTime Asked { get; } = asked;

        public Task<object?> Values { get; } = values;

        public object? Known => (Values.IsCompleted ? Values.Result : null) ?? before;
    }
}
