using System.ComponentModel;

namespace CseJobs.Formatting;

/// <summary>The texts of a session's views, called from CseJobs.Types.ps1xml like those of <see cref="JobView"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SessionView
{
    /// <summary>When a session's credentials expire.</summary>
    /// <param name="item">A session.</param>
    /// <returns>For example <c>in 23 h</c>; empty when it is not known.</returns>
    public static string Expires(PSObject item) => ViewTime.Left(ViewValue.Time(item, "ExpiresAt")?.ToUniversalTime() - ModuleClock.UtcNow);

    /// <summary>Where a session connects to: its region, else its host.</summary>
    /// <param name="item">A session.</param>
    /// <returns>The text.</returns>
    public static string Where(PSObject item) =>
        ViewValue.Text(item, "Region") is { Length: > 0 } region ? region : (item.Properties["Endpoint"]?.Value as Uri)?.Authority ?? string.Empty;
}
