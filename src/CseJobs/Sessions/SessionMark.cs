using System.Management.Automation.Runspaces;

namespace CseJobs.Sessions;

/// <summary>
/// Marks engines and jobs by a type name of their own while more than one session is open: a view is chosen by type names alone, and those
/// for this one tell the session. It goes with an object through CLIXML and jobs.
/// </summary>
internal static class SessionMark
{
    private const string Suffix = "#Session";

    private static bool IsWanted => SessionStore.List(Runspace.DefaultRunspace).Count > 1;

    /// <summary>The objects as they are emitted.</summary>
    public static IEnumerable<object> OnAll<T>(IReadOnlyCollection<T> items) where T : class => IsWanted ? items.Select(Marked) : items;

    /// <summary>The object as it is emitted.</summary>
    public static object On<T>(T item) where T : class => IsWanted ? Marked(item) : item;

    public static bool IsOn(PSObject item) => item.TypeNames.Any(name => name.EndsWith(Suffix, StringComparison.Ordinal));

    private static PSObject Marked<T>(T item) where T : class
    {
        var marked = PSObject.AsPSObject(item);
        marked.TypeNames.Insert(0, typeof(T).FullName + Suffix);
        return marked;
    }
}
