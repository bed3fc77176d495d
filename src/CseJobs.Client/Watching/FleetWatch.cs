using CseJobs.Client.Paging;

namespace CseJobs.Client.Watching;

/// <summary>The list of a client's engines: one request shows which of them have something new, which have come and which are gone.</summary>
internal sealed class FleetWatch(CseClient client, Func<Engine, bool> matches, WatchRules rules) : WatchPoll(client, rules)
{
    private readonly Dictionary<string, (string? Status, long? Newest)> _seen = new(StringComparer.OrdinalIgnoreCase);
    private Task<(List<Engine> Engines, bool IsWhole)>? _read;
    private TimeSpan _due;

    public override Task? Work => _read;

    protected override TimeSpan Due => _due;

    public override void Begin(CancellationToken cancellationToken) => _read = ReadAsync(cancellationToken);

    /// <summary>Takes the answer of the read that has ended.</summary>
    /// <param name="isFirst">Whether nothing was known before, so that no engine is news.</param>
    /// <returns>The engines that look different from before, and the ids of those that are gone.</returns>
    /// <exception cref="CseApiException">The read failed.</exception>
    public (IReadOnlyList<Engine> Changed, IReadOnlyList<string> Gone) Take(out bool isFirst)
    {
        Task<(List<Engine> Engines, bool IsWhole)> read = _read!;
        _read = null;
        (List<Engine> engines, bool isWhole) = read.GetAwaiter().GetResult();
        isFirst = !IsKnown;
        _due = Rules.Elapsed + Rules.FleetInterval;
        Answered();

        List<Engine> watched = engines.FindAll(engine => engine.Id.Length > 0 && matches(engine));
        List<Engine> changed = watched.FindAll(engine => !_seen.TryGetValue(engine.Id, out var before) || before != (engine.Status, engine.LatestJobId));
        List<string> gone = isWhole ? [.. _seen.Keys.Where(id => !watched.Exists(engine => engine.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))] : [];
        changed.ForEach(engine => _seen[engine.Id] = (engine.Status, engine.LatestJobId));
        gone.ForEach(id => _seen.Remove(id));
        return (changed, gone);
    }

    private async Task<(List<Engine> Engines, bool IsWhole)> ReadAsync(CancellationToken cancellationToken)
    {
        using Pager<Engine> pager = Client.ListEngines(null, Rules.Observer);
        List<Engine> engines = await pager.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return (engines, pager.Missing == 0);
    }
}
