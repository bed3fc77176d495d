using System.Management.Automation.Runspaces;

namespace CseJobs;

/// <summary>Closes the sessions that a runspace made when it removes the module.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionStore.CloseAll(Runspace.DefaultRunspace);
}

/// <summary>
/// The clock of parameters, views and completers. PowerShell creates those, so it cannot be passed to them; tests put another
/// <see cref="TimeProvider"/> in its place.
/// </summary>
internal static class ModuleClock
{
    public static TimeProvider Current { get; set; } = TimeProvider.System;

    public static DateTime UtcNow => Current.GetUtcNow().UtcDateTime;
}
