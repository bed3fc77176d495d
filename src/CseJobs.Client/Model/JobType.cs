namespace CseJobs;

/// <summary>
/// What a job or sub-job does (API field <c>type</c>). The server's set is open: a value that is not listed here reads as
/// <see cref="Unknown"/>, and its text stays in the object's <c>TypeText</c>.
/// </summary>
public enum JobType
{
    /// <summary>Absent, or a value this version does not know.</summary>
    Unknown = 0,
    /// <summary>Creates an engine.</summary>
    Create = 1,
    /// <summary>Deletes an engine.</summary>
    Delete = 2,
    /// <summary>Changes the specification of an engine. Documents before 2025-12 call it <see cref="Updated"/>.</summary>
    Update = 3,
    /// <summary>The spelling of <see cref="Update"/> in the API documents of 2025-04.</summary>
    Updated = 4,
    /// <summary>Upgrades the version of an engine.</summary>
    Upgrade = 5,
    /// <summary>Changes the configuration of an engine, its security authentication for example.</summary>
    Configure = 6,
    /// <summary>Modifies an engine, its flavor for example.</summary>
    Modify = 7,
}
