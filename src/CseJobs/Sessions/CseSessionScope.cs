namespace CseJobs;

/// <summary>Who may use a session without being handed it.</summary>
public enum CseSessionScope
{
    /// <summary>Every runspace of the process: the session is its default where a runspace has none of its own.</summary>
    Process = 0,

    /// <summary>Only the runspace that made it: others neither use, list nor complete it.</summary>
    Runspace = 1,
}
