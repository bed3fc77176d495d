using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CseJobs.Sessions;

/// <summary>
/// The open sessions of the process. A module's statics are shared by all runspaces of a process, so the default session is
/// kept twice: by runspace, and the latest of the process for runspaces that have none (ForEach-Object -Parallel).
/// </summary>
internal static class SessionStore
{
    private static readonly object Gate = new();
    private static readonly List<CseSession> Open = new();

    // Weak keys: a runspace that is gone takes its entry along.
    private static ConditionalWeakTable<Runspace, CseSession> _defaults = new();

    /// <summary>Adds a session and makes it the default. One of the same name is replaced in the list; whoever still holds it can use it.</summary>
    public static void Add(CseSession session, Runspace runspace)
    {
        lock (Gate)
        {
            Open.RemoveAll(other => SameName(other.Name, session.Name));
            Open.Add(session);
            _defaults.Remove(runspace);
            _defaults.Add(runspace, session);
        }
    }

    /// <summary>The runspace's own session, else the process's latest.</summary>
    public static CseSession? FindDefault(Runspace? runspace)
    {
        lock (Gate)
        {
            return runspace is not null && _defaults.TryGetValue(runspace, out CseSession own) && !own.IsClosed
                ? own
                : Open.LastOrDefault();
        }
    }

    /// <summary>The sessions that a runspace can use, oldest first.</summary>
    public static IReadOnlyList<CseSession> List(Runspace? runspace)
    {
        lock (Gate)
        {
            return Open.ToArray();
        }
    }

    /// <summary>The sessions whose name fits a wildcard pattern.</summary>
    public static IReadOnlyList<CseSession> Match(Runspace? runspace, string pattern)
    {
        WildcardPattern wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return List(runspace).Where(session => wildcard.IsMatch(session.Name)).ToArray();
    }

    public static void Close(CseSession session)
    {
        lock (Gate)
        {
            Open.Remove(session);
        }

        session.Close();
    }

    public static void CloseAll()
    {
        CseSession[] all;
        lock (Gate)
        {
            all = Open.ToArray();
            Open.Clear();
            _defaults = new ConditionalWeakTable<Runspace, CseSession>();
        }

        foreach (CseSession session in all)
        {
            session.Close();
        }
    }

    private static bool SameName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
