using System;
using CseJobs.Client;

namespace CseJobs.Platform;

/// <summary>The .NET that the engine runs on.</summary>
/// <param name="isFramework">Whether it is .NET Framework: Windows PowerShell.</param>
/// <param name="version">Its version.</param>
internal sealed class HostRuntime(bool isFramework, Version version)
{
    // That of PowerShell 7.4. Older ones lack System.Text.Json 8.
    private const int OldestDotNet = 8;

    public static HostRuntime Current { get; } = new(FrameworkRuntime.IsCurrent, Environment.Version);

    public bool IsFramework { get; } = isFramework;

    /// <summary>Why the module cannot work here; null when it can. The manifest cannot tell: it has one least version for both editions.</summary>
    public string? Problem { get; } = isFramework || version.Major >= OldestDotNet
        ? null
        : $"CseJobs needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this PowerShell runs on .NET {version}.";
}
