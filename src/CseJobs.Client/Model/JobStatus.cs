namespace CseJobs;

/// <summary>
/// State of a job, of a phase or of a sub-job (API field <c>status</c>). The server's set is open: a value that is not
/// listed here reads as <see cref="Unknown"/>, and its text stays in the object's <c>StatusText</c>.
/// </summary>
public enum JobStatus
{
    /// <summary>Absent, or a value this version does not know.</summary>
    Unknown = 0,
    /// <summary>Accepted, not yet prepared. Documented for the job list only.</summary>
    PreInit = 1,
    /// <summary>Prepared, waiting to run.</summary>
    Init = 2,
    /// <summary>Running.</summary>
    Executing = 3,
    /// <summary>Ended in failure. A retry may bring the same job back to <see cref="Executing"/>.</summary>
    Error = 4,
    /// <summary>Ended because it took too long.</summary>
    Timeout = 5,
    /// <summary>Ended well.</summary>
    Finished = 6,
}
