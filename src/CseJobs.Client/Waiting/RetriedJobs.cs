using System.Collections.Concurrent;

namespace CseJobs.Client.Waiting;

/// <summary>
/// The jobs that this client has had retried of late. Such a job may still read Error for a while, because the server has not
/// begun: only who asked for the retry can tell that from a job that failed long ago. Thread-safe.
/// </summary>
internal sealed class RetriedJobs(Func<DateTimeOffset> now)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Engine, long Id), DateTimeOffset> _jobs = new();

    /// <summary>Takes note that the server has accepted a retry.</summary>
    public void Note(string engine, long id) => _jobs[(engine, id)] = now();

    /// <summary>Whether a retry is so recent that the job may not have begun.</summary>
    public bool IsRecent(string engine, long id) => _jobs.TryGetValue((engine, id), out DateTimeOffset at) && now() - at < Memory;
}
