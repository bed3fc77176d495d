using System;
using System.Management.Automation;

namespace CseJobs.Platform;

/// <summary>Makes the module at home in the engine that imports it, and cleans up when it is removed.</summary>
public sealed class ModulePlatform : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    /// <exception cref="PlatformNotSupportedException">This engine is too old.</exception>
    public void OnImport()
    {
        if (HostRuntime.Current.Problem is { } problem)
        {
            throw new PlatformNotSupportedException(problem);
        }

        if (HostRuntime.Current.IsFramework)
        {
            DesktopResolver.Attach();
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => DesktopResolver.Detach();
}
