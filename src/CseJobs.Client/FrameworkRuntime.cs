namespace CseJobs.Client;

/// <summary>Tells .NET Framework, and mono with the same class library, from .NET. One build serves both.</summary>
internal static class FrameworkRuntime
{
    /// <summary>Whether this process runs on it. Its core library is called mscorlib; that of .NET has never been.</summary>
    public static bool IsCurrent { get; } = typeof(object).Assembly.GetName().Name == "mscorlib";
}
