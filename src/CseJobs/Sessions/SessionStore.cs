using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CseJobs.Sessions;

/// <summary>
/// The open sessions of the process. All runspaces of a process share the module's static fields, so the store keeps for each
/// runspace its default session and its sessions of scope Runspace. Sessions of scope Process are shared; the one chosen last is
/// the default of runspaces that have chosen none (ForEach-Object -Parallel). No session becomes the default because another was closed.
/// </summary>
internal static class SessionStore
{
    private static readonly object Gate = new();
    private static readonly List<CseSession> Shared = new();
    private static CseSession? _sharedDefault;

    // Weak keys: the entries are collected together with their runspace.
    private static readonly ConditionalWeakTable<Runspace, RunspaceSessions> States = new();
    private static readonly ConditionalWeakTable<CseClient, CseSession> ByClient = new();

    /// <summary>Remembers which session a client belongs to.</summary>
    public static void Know(CseSession session) => ByClient.Add(session.Client, session);

    /// <summary>The session of a client, open or not; null where the client is none of a session.</summary>
    public static CseSession? Of(CseClient? client) => client is not null && ByClient.TryGetValue(client, out CseSession? session) ? session : null;

    /// <summary>
    /// Adds sessions and makes the first of them the runspace's default. One of the same name and scope is closed, unless another runspace has
    /// it as its default: then it stays that runspace's own. While a cmdlet uses it, it is closed when that has ended.
    /// </summary>
    public static void Add(IReadOnlyList<CseSession> sessions, Runspace runspace)
    {
        var replaced = new List<CseSession>();
        lock (Gate)
        {
            RunspaceSessions state = States.GetOrCreateValue(runspace);
            state.Made.RemoveAll(made => !made.TryGetTarget(out _));
            foreach (CseSession session in sessions)
            {
                List<CseSession> scope = session.Scope == CseSessionScope.Runspace ? state.Sessions : Shared;
                replaced.AddRange(scope.Concat(Own(runspace)).Where(other => other.Scope == session.Scope && SameName(other, session.Name)));
                scope.RemoveAll(other => other.IsClosed || SameName(other, session.Name));
                scope.Add(session);
                state.Made.Add(new WeakReference<CseSession>(session));
            }

            replaced.AddRange(SetDefault(sessions[0], state));
            replaced.RemoveAll(IsDefaultSomewhere);
        }

        replaced.ForEach(session => session.Retire());
    }

    /// <summary>Makes an open session the default of a runspace, and one of scope Process that of the runspaces that have chosen none.</summary>
    public static void Select(CseSession session, Runspace runspace)
    {
        List<CseSession> lost;
        lock (Gate)
            lost = SetDefault(session, States.GetOrCreateValue(runspace));

        lost.ForEach(one => one.Retire());
    }

    /// <summary>The session that the runspace has chosen, else the process's; null once that is closed.</summary>
    public static CseSession? FindDefault(Runspace? runspace)
    {
        lock (Gate)
            return (StateOf(runspace)?.Default ?? _sharedDefault) is { IsClosed: false } session ? session : null;
    }

    /// <summary>The sessions that a runspace can use, oldest first; its own hide shared ones of the same name.</summary>
    public static IReadOnlyList<CseSession> List(Runspace? runspace)
    {
        lock (Gate)
        {
            CseSession[] own = Own(runspace).ToArray();
            IEnumerable<CseSession> visible = Shared.Where(shared => !own.Any(session => SameName(session, shared.Name)));
            return own.Concat(visible).OrderBy(session => session.Number).ToArray();
        }
    }

    /// <summary>The session of a name; a runspace's own hides a shared one.</summary>
    public static CseSession? Find(Runspace? runspace, string name)
    {
        lock (Gate)
            return Own(runspace).Concat(Shared).FirstOrDefault(session => SameName(session, name));
    }

    /// <summary>The open session that has taken the place of a closed one: of its name, and for the same project at the same address.</summary>
    public static CseSession? Successor(CseSession closed, Runspace? runspace) =>
        Find(runspace, closed.Name) is { IsClosed: false } next && next.Endpoint == closed.Endpoint && next.ProjectId == closed.ProjectId
            && next.EnterpriseProjectId == closed.EnterpriseProjectId ? next : null;

    public static void Close(CseSession session, Runspace? runspace)
    {
        lock (Gate)
        {
            Shared.Remove(session);
            StateOf(runspace)?.Sessions.Remove(session);
        }

        session.Close();
    }

    /// <summary>
    /// Closes all sessions that a runspace made, including those that were replaced. A worker runspace that removes the module
    /// must not close the sessions of the script that started it.
    /// </summary>
    public static void CloseAll(Runspace? runspace)
    {
        WeakReference<CseSession>[] made;
        lock (Gate)
            made = StateOf(runspace)?.Made.ToArray() ?? [];

        foreach (WeakReference<CseSession> reference in made)
        {
            if (reference.TryGetTarget(out CseSession? session))
                Close(session, runspace);
        }
    }

    /// <summary>A runspace's own open ones: those of scope Runspace, then its default even if another runspace has since taken its name.</summary>
    private static IEnumerable<CseSession> Own(Runspace? runspace) => StateOf(runspace) is { } state
        ? state.Sessions.Append(state.Default).OfType<CseSession>().Distinct().Where(session => !session.IsClosed)
        : [];

    private static bool IsDefaultSomewhere(CseSession session) => States.Any(entry =>
        entry.Value.Default == session && entry.Key.RunspaceStateInfo.State is RunspaceState.Opened);

    /// <summary>Makes a session the default one of a runspace.</summary>
    /// <returns>The one before, if nobody can find it any more: it had lost its name, and was kept for this runspace alone.</returns>
    private static List<CseSession> SetDefault(CseSession session, RunspaceSessions state)
    {
        CseSession? before = state.Default;
        state.Default = session;
        if (session.Scope == CseSessionScope.Process)
            _sharedDefault = session;

        return before is null || Shared.Contains(before) || state.Sessions.Contains(before) || IsDefaultSomewhere(before) ? [] : [before];
    }

    private static RunspaceSessions? StateOf(Runspace? runspace) =>
        runspace is not null && States.TryGetValue(runspace, out RunspaceSessions? state) ? state : null;

    private static bool SameName(CseSession session, string name) => string.Equals(session.Name, name, StringComparison.OrdinalIgnoreCase);

    private sealed class RunspaceSessions
    {
        public CseSession? Default { get; set; }

        /// <summary>All sessions made here. Weak references: a session that was replaced is collected when nothing else refers to it.</summary>
        public List<WeakReference<CseSession>> Made { get; } = new();

        /// <summary>Sessions of scope Runspace.</summary>
        public List<CseSession> Sessions { get; } = new();
    }
}
