using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CseJobs.Client.Paging;

namespace CseJobs.Completion;

/// <summary>
/// The engines and jobs that completion offers for a session, read from the server and kept for 30 seconds. Completion waits
/// at most a second for them: a slower answer is used by the next completion. Failures are kept as well, so that refused
/// credentials are not sent again with each Tab.
/// </summary>
internal static class CompletionCache
{
    private const int MaxEngines = 300;
    private const int MaxJobs = 25;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    // A request goes on when completion no longer waits for it; this ends it.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    // Weak keys: the values are collected together with their session.
    private static readonly ConditionalWeakTable<CseSession, ConcurrentDictionary<string, Entry>> BySession = new();

    /// <summary>How long a Tab waits; tests set it.</summary>
    internal static TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The engines of the session's project, by name. Empty when they cannot be read, or not in time.</summary>
    public static IReadOnlyList<Engine> Engines(CseSession session) => Get(session, "engines", token => ReadEnginesAsync(session.Client, token));

    /// <summary>The newest jobs of an engine, by its id or name, newest first. Empty when they cannot be read, or not in time.</summary>
    public static IReadOnlyList<EngineJob> NewestJobs(CseSession session, string engine) =>
        Get(session, "jobs of " + engine, token => ReadJobsAsync(session.Client, engine, token));

    private static async Task<IReadOnlyList<Engine>> ReadEnginesAsync(CseClient client, CancellationToken cancellationToken)
    {
        var engines = new List<Engine>();
        using Pager<Engine> pager = client.ListEngines();
        while (engines.Count < MaxEngines && await pager.NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
            engines.AddRange(page.Items);

        return engines.OrderBy(engine => engine.Name, StringComparer.OrdinalIgnoreCase).ToArray();
    }

    private static async Task<IReadOnlyList<EngineJob>> ReadJobsAsync(CseClient client, string engine, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadJobsOfIdAsync(client, engine, cancellationToken).ConfigureAwait(false);
        }
        catch (CseApiException e) when (e.Reason == CseErrorReason.EngineNotFound)
        {
            Engine[] named = (await ReadEnginesAsync(client, cancellationToken).ConfigureAwait(false)).Where(one => engine.Equals(one.Name, StringComparison.OrdinalIgnoreCase)).ToArray();
            return named is [var only] ? await ReadJobsOfIdAsync(client, only.Id, cancellationToken).ConfigureAwait(false) : [];
        }
    }

    private static async Task<IReadOnlyList<EngineJob>> ReadJobsOfIdAsync(CseClient client, string engineId, CancellationToken cancellationToken)
    {
        using Pager<EngineJob> pager = client.ListJobs(engineId, new JobQuery { PageSize = MaxJobs });
        List<EngineJob> jobs = [.. (await pager.NextAsync(cancellationToken).ConfigureAwait(false))?.Items ?? []];

        // The API documents no order: where the oldest come first, the newest are at the end.
        if (jobs is [var first, .., var last] && first.CompareTo(last) < 0)
        {
            while (await pager.NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
                jobs = [.. jobs.Concat(page.Items).OrderByDescending(job => job).Take(MaxJobs)];
        }

        return [.. jobs.OrderByDescending(job => job)];
    }

    private static IReadOnlyList<T> Get<T>(CseSession session, string key, Func<CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        ConcurrentDictionary<string, Entry> entries = BySession.GetOrCreateValue(session);
        entries.TryGetValue(key, out Entry? entry);
        if (entry is null || ModuleClock.Current.GetElapsedTime(entry.RequestedAt) > Lifetime)
        {
            entry = new Entry(ModuleClock.Current.GetTimestamp(), Task.Run(() => ReadAsync(read)), entry?.Values);
            entries[key] = entry;
        }

        entry.Request.Wait(MaxWait);
        return entry.Values as IReadOnlyList<T> ?? [];
    }

    private static async Task<object?> ReadAsync<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        using var timeout = new CancellationTokenSource(RequestTimeout);
        try
        {
            return await read(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Completion shows no errors; the cmdlet reports the same one when it runs.
            return null;
        }
    }

    /// <param name="RequestedAt">When the request was started, as a timestamp of the module's clock.</param>
    /// <param name="Request">Its result; null when it failed.</param>
    /// <param name="Previous">The values of the entry before, which stay in use until the request succeeds.</param>
    private sealed record Entry(long RequestedAt, Task<object?> Request, object? Previous)
    {
        public object? Values => (Request.IsCompleted ? Request.Result : null) ?? Previous;
    }
}
