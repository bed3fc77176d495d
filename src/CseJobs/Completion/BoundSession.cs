using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CseJobs.Sessions;

namespace CseJobs.Completion;

/// <summary>What the rest of a command line that is still being typed says.</summary>
internal static class BoundSession
{
    /// <summary>The session that the command would use; null when there is none.</summary>
    public static CseSession? Find(IDictionary bound)
    {
        CseSession? session = Unwrap(bound["Session"]) switch
        {
            CseSession given => given,
            string name => SessionStore.Find(Runspace.DefaultRunspace, name),
            _ => SessionStore.FindDefault(Runspace.DefaultRunspace),
        };
        return session is { IsClosed: false } ? session : null;
    }

    /// <summary>The engine that the command would take; null when that is not clear.</summary>
    public static string? Engine(IDictionary bound, CseSession session) => Unwrap(bound["EngineId"]) switch
    {
        string engine when engine.Length > 0 => engine,
        IList<object> { Count: 1 } engines => Unwrap(engines[0]) as string,
        IList<string> { Count: 1 } engines => engines[0],
        null => session.EngineId,
        _ => null,
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
