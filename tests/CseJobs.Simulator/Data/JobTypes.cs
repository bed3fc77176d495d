namespace CseJobs.Simulator.Data;

/// <summary>The documented types of jobs.</summary>
internal static class JobTypes
{
    public const string Create = "Create";
    public const string Delete = "Delete";
    public const string Updated = "Updated";
    public const string Upgrade = "Upgrade";
    public const string Configure = "Configure";
    public const string Modify = "Modify";
}
