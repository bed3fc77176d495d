namespace CseJobs.Simulator.Data;

/// <summary>The documented statuses of engines, and how they follow from the newest job.</summary>
internal static class EngineStatuses
{
    public const string Available = "Available";
    public const string Unavailable = "Unavailable";
    public const string Freezed = "Freezed";

    /// <summary>The status of an engine whose newest job is this one.</summary>
    /// <param name="newest">The job; null if there is none.</param>
    /// <param name="resting">The status while nothing goes on.</param>
    public static string Of(SimulatedJob? newest, string resting) => newest switch
    {
        { Status: JobStatuses.Finished, Type: JobTypes.Delete } => "Deleted",
        null or { Status: JobStatuses.Finished } => resting,
        { HasFailed: true } => newest.Type switch
        {
            JobTypes.Create => "CreateFailed",
            JobTypes.Delete => "DeleteFailed",
            JobTypes.Upgrade => "UpgradeFailed",
            _ => "ModifyFailed",
        },
        _ => newest.Type switch
        {
            JobTypes.Create => "Creating",
            JobTypes.Delete => "Deleting",
            JobTypes.Upgrade => "Upgrading",
            _ => "Modifying",
        },
    };

    /// <summary>What may be done besides the ordinary; never empty, as in the vendor's example.</summary>
    public static string[] Actions(EngineKind kind, SimulatedJob? newest)
    {
        if (newest is not { HasFailed: true })
        {
            return ["Noting"];
        }

        string[] others = newest.Type switch
        {
            JobTypes.Create or JobTypes.Delete => ["ForceDelete"],
            JobTypes.Upgrade => ["Rollback"],
            _ => [],
        };
        return kind == EngineKind.ServiceComb ? ["Retry", .. others] : others.Length > 0 ? others : ["Noting"];
    }
}
