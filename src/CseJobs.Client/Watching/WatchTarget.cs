namespace CseJobs.Client.Watching;

/// <summary>What a <see cref="JobWatcher"/> is to watch: engines by a test, one engine, or one job of it.</summary>
public sealed record WatchTarget
{
    private WatchTarget(CseClient client) => Client = client ?? throw new ArgumentNullException(nameof(client));

    /// <summary>Who reads it.</summary>
    public CseClient Client { get; }

    /// <summary>Which engines of the project: those that come while the watch goes on, too. Null where one engine is named.</summary>
    public Func<Engine, bool>? Matches { get; private init; }

    /// <summary>The engine; null where a test chooses.</summary>
    public string? EngineId { get; private init; }

    /// <summary>The job; null for all of the engine.</summary>
    public long? JobId { get; private init; }

    /// <summary>All engines that pass a test, now and later.</summary>
    /// <param name="client">Who reads them.</param>
    /// <param name="matches">The test.</param>
    /// <returns>The target.</returns>
    public static WatchTarget Engines(CseClient client, Func<Engine, bool> matches) => new(client) { Matches = matches ?? throw new ArgumentNullException(nameof(matches)) };

    /// <summary>All jobs of an engine.</summary>
    /// <param name="client">Who reads it.</param>
    /// <param name="engineId">The engine.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    public static WatchTarget Engine(CseClient client, string engineId) => new(client) { EngineId = Checked(engineId) };

    /// <summary>One job until it ends.</summary>
    /// <param name="client">Who reads it.</param>
    /// <param name="engineId">Its engine.</param>
    /// <param name="jobId">The job.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    public static WatchTarget Job(CseClient client, string engineId, long jobId) => new(client) { EngineId = Checked(engineId), JobId = jobId };

    private static string Checked(string engineId)
    {
        CseClient.CheckEngineId(engineId);
        return engineId;
    }
}
