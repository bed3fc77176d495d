namespace CseJobs.Formatting;

/// <summary>Names of phases and sub-jobs.</summary>
internal static class StepName
{
    private const string Ending = "TaskExecutor";

    /// <summary>A name without the ending that all sub-jobs share, so that what tells them apart is not cut.</summary>
    public static string Short(string name) =>
        name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal) ? name.Substring(0, name.Length - Ending.Length) : name;
}
