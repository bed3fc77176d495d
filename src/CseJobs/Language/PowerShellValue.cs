using System.Management.Automation;

namespace CseJobs.Language;

/// <summary>Values as PowerShell hands them over.</summary>
internal static class PowerShellValue
{
    /// <summary>The value without the wrapper that it may have come in.</summary>
    public static object? Bare(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
