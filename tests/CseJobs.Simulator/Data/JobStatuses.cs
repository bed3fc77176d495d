namespace CseJobs.Simulator.Data;

/// <summary>The documented statuses of jobs, phases and sub-jobs.</summary>
internal static class JobStatuses
{
    public const string PreInit = "PreInit";
    public const string Init = "Init";
    public const string Executing = "Executing";
    public const string Error = "Error";
    public const string Timeout = "Timeout";
    public const string Finished = "Finished";

    public static readonly string[] All = [PreInit, Init, Executing, Error, Timeout, Finished];
}
