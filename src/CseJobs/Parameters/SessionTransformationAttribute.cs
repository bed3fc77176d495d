using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CseJobs.Client.Text;
using CseJobs.Language;
using CseJobs.Sessions;

namespace CseJobs.Parameters;

/// <summary>Lets a session parameter take a session's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Bare();
        return value switch
        {
            string name => Find(name),
            IList list => list.Cast<object?>().Select(item => Transform(engineIntrinsics, item)).ToArray(),
            _ => inputData,
        };
    }

    private static CseSession Find(string name) =>
        SessionStore.Find(Runspace.DefaultRunspace, name)
        ?? throw new ArgumentTransformationMetadataException($"There is no session named '{SafeText.Quote(name)}'. Get-CseSession lists the sessions there are.");
}
