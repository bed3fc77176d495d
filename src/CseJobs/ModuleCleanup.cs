using System.Management.Automation;
using CseJobs.Sessions;

namespace CseJobs;

/// <summary>Closes the sessions when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionStore.CloseAll();
}
