namespace CseJobs;

/// <summary>What a <see cref="JobChange"/> tells.</summary>
public enum JobChangeKind
{
    /// <summary>No change: a job that was at work when the watch began.</summary>
    Current,
    /// <summary>A job is there that has not begun.</summary>
    Appeared,
    /// <summary>A job is at work.</summary>
    Began,
    /// <summary>A job has gone on to another phase.</summary>
    Phase,
    /// <summary>A job has gone on to another sub-job.</summary>
    Step,
    /// <summary>A job is Finished, or at Error or Timeout.</summary>
    Ended,
    /// <summary>A job that had failed is at work again.</summary>
    Retried,
    /// <summary>An engine is there that was not.</summary>
    EngineAppeared,
    /// <summary>An engine is there no more.</summary>
    EngineGone,
}
