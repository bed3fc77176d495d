namespace CseJobs.Client.Watching;

/// <summary>What ends a <see cref="JobWatcher"/> by itself.</summary>
public enum WatchUntil
{
    /// <summary>Nothing, as long as there is something to watch.</summary>
    Cancelled,
    /// <summary>No job is at work or about to begin.</summary>
    Idle,
    /// <summary>A job has ended at Error or Timeout.</summary>
    Failure,
    /// <summary>A job has ended, well or not.</summary>
    Any,
}
