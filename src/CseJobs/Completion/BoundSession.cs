using System.Collections;
using System.Management.Automation.Runspaces;
using CseJobs.Language;
using CseJobs.Sessions;

namespace CseJobs.Completion;

/// <summary>What the rest of a command line that is still being typed says.</summary>
internal static class BoundSession
{
    /// <summary>The session that the command would use; null when there is none.</summary>
    public static CseSession? Find(IDictionary bound)
    {
        CseSession? session = bound["Session"].Bare() switch
        {
            CseSession given => given,
            string name => SessionStore.Find(Runspace.DefaultRunspace, name),
            _ => SessionStore.FindDefault(Runspace.DefaultRunspace),
        };
        return session is { IsClosed: false } ? session : null;
    }

    /// <summary>The engine that the command would take; null when that is not clear.</summary>
    public static string? Engine(IDictionary bound, CseSession session) => bound["EngineId"].Bare() switch
    {
        string engine when engine.Length > 0 => engine,
        IList<object> { Count: 1 } engines => engines[0].Bare() as string,
        IList<string> { Count: 1 } engines => engines[0],
        null => session.EngineId,
        _ => null,
    };
}
