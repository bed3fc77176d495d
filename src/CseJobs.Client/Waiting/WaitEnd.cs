namespace CseJobs.Client.Waiting;

/// <summary>How the wait for a job ended.</summary>
internal enum WaitEnd
{
    /// <summary>The job is finished.</summary>
    Finished,

    /// <summary>The job is at Error or Timeout.</summary>
    Failed,

    /// <summary>The job was a deletion, and its engine is no more: a success.</summary>
    EngineGone,

    /// <summary>The job cannot be read.</summary>
    Unreadable,

    /// <summary>The time of the wait was up; the job goes on.</summary>
    TimedOut,
}
