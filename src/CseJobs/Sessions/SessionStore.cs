using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CseJobs.Sessions;

/// <summary>
/// The open sessions of the process. A module's statics are shared by all its runspaces, so each runspace has a shelf of its
/// own: its default, and its sessions of scope Runspace. Sessions of scope Process stand on a common one, whose latest is the
/// default of runspaces that have none (ForEach-Object -Parallel).
/// </summary>
internal static class SessionStore
{
    private static readonly object Gate = new();
    private static readonly List<CseSession> Common = new();

    // Weak keys: a runspace that is gone takes its shelf along.
    private static readonly ConditionalWeakTable<Runspace, Shelf> Shelves = new();

    /// <summary>Adds a session and makes it the runspace's default. One of the same name and scope is replaced; whoever holds it can still use it.</summary>
    public static void Add(CseSession session, Runspace runspace)
    {
        lock (Gate)
        {
            Shelf shelf = Shelves.GetOrCreateValue(runspace);
            List<CseSession> place = session.Scope == CseSessionScope.Runspace ? shelf.Sessions : Common;
            place.RemoveAll(other => other.IsClosed || SameName(other.Name, session.Name));
            place.Add(session);
            shelf.Default = session;
            shelf.Made.RemoveAll(made => !made.TryGetTarget(out _));
            shelf.Made.Add(new WeakReference<CseSession>(session));
        }
    }

    /// <summary>The runspace's own session, else the process's latest.</summary>
    public static CseSession? FindDefault(Runspace? runspace)
    {
        lock (Gate)
        {
            if (ShelfOf(runspace) is { } shelf)
            {
                if (shelf.Default is { IsClosed: false } own)
                {
                    return own;
                }

                if (shelf.Sessions.FindLast(session => !session.IsClosed) is { } other)
                {
                    return other;
                }
            }

            return Common.LastOrDefault();
        }
    }

    /// <summary>The sessions that a runspace can use, oldest first; its own hide common ones of the same name.</summary>
    public static IReadOnlyList<CseSession> List(Runspace? runspace)
    {
        lock (Gate)
        {
            List<CseSession> own = Own(runspace);
            return own
                .Concat(Common.Where(common => !own.Exists(session => SameName(session.Name, common.Name))))
                .OrderBy(session => session.ConnectedAt)
                .ToArray();
        }
    }

    /// <summary>The session of a name; a runspace's own hides a common one.</summary>
    public static CseSession? Find(Runspace? runspace, string name)
    {
        lock (Gate)
        {
            return Own(runspace).Find(session => SameName(session.Name, name)) ?? Common.Find(session => SameName(session.Name, name));
        }
    }

    public static void Close(CseSession session, Runspace? runspace)
    {
        lock (Gate)
        {
            Common.Remove(session);
            ShelfOf(runspace)?.Sessions.Remove(session);
        }

        session.Close();
    }

    /// <summary>
    /// Closes all sessions that a runspace made, those that were replaced included. Not those of other runspaces: a worker that
    /// removes the module must not end the sessions of the script that started it.
    /// </summary>
    public static void CloseAll(Runspace? runspace)
    {
        var made = new List<CseSession>();
        lock (Gate)
        {
            foreach (WeakReference<CseSession> reference in ShelfOf(runspace)?.Made ?? new List<WeakReference<CseSession>>())
            {
                if (reference.TryGetTarget(out CseSession? session))
                {
                    made.Add(session);
                }
            }
        }

        foreach (CseSession session in made)
        {
            Close(session, runspace);
        }
    }

    /// <summary>A runspace's own: those of scope Runspace, and its default even if another runspace has since taken its name.</summary>
    private static List<CseSession> Own(Runspace? runspace)
    {
        var own = new List<CseSession>();
        if (ShelfOf(runspace) is { } shelf)
        {
            // Another runspace that was handed one may have closed it.
            own.AddRange(shelf.Sessions.Where(session => !session.IsClosed));
            if (shelf.Default is { IsClosed: false } latest && !own.Contains(latest))
            {
                own.Add(latest);
            }
        }

        return own;
    }

    private static Shelf? ShelfOf(Runspace? runspace) =>
        runspace is not null && Shelves.TryGetValue(runspace, out Shelf? shelf) ? shelf : null;

    private static bool SameName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed class Shelf
    {
        public CseSession? Default { get; set; }

        /// <summary>All sessions made here. Weak: a session that was replaced lives as long as somebody holds it.</summary>
        public List<WeakReference<CseSession>> Made { get; } = new();

        /// <summary>Sessions of scope Runspace.</summary>
        public List<CseSession> Sessions { get; } = new();
    }
}
