using System.Management.Automation.Runspaces;

namespace CseJobs;

/// <summary>Closes the sessions that a runspace made when it removes the module.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionStore.CloseAll(Runspace.DefaultRunspace);
}
