namespace CseJobs;

/// <summary>Which runspaces find a session without being passed it.</summary>
public enum CseSessionScope
{
    /// <summary>Every runspace of the process: the session is its default where a runspace has none of its own.</summary>
    Process = 0,
    /// <summary>Only the runspace that made it: others do not use, list or complete it.</summary>
    Runspace = 1,
}
