namespace CseJobs.Client.Waiting;

/// <summary>
/// The jobs that this client has had retried of late. Such a job may still read Error for a while, because the server has not
/// begun: only who asked for the retry can tell that from a job that failed long ago. Thread-safe.
/// </summary>
internal sealed class RetriedJobs(TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    // An entry for each retry, the oldest first; forgotten when the next one comes.
    private readonly Queue<(string Engine, long? Id, long At)> _retries = new();

    /// <summary>Takes note that the server has accepted a retry.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="id">The job that runs now; null when the server named none: then it may be any of the engine.</param>
    public void Note(string engine, long? id)
    {
        lock (_retries)
        {
            ForgetOld();
            _retries.Enqueue((engine, id, time.GetTimestamp()));
        }
    }

    /// <summary>Whether a retry is so recent that the job may not have begun.</summary>
    public bool IsRecent(string engine, long id)
    {
        lock (_retries)
        {
            ForgetOld();
            return _retries.Any(retry => retry.Engine == engine && (retry.Id ?? id) == id);
        }
    }

    /// <summary>Retries that are remembered.</summary>
    internal int Count => _retries.Count;

    private void ForgetOld()
    {
        while (_retries.TryPeek(out (string Engine, long? Id, long At) oldest) && time.GetElapsedTime(oldest.At) >= Memory)
            _retries.Dequeue();
    }
}
