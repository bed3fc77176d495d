using System.Management.Automation;
using System.Reflection;

namespace CseJobs.Formatting;

/// <summary>
/// Colours from $PSStyle, so that they follow the user's own settings and the engine strips them for NO_COLOR, PlainText and
/// redirection. Where there is no $PSStyle there is no colour. By reflection: the reference library is older than the type.
/// </summary>
internal static class Palette
{
    private static readonly object? Style = typeof(PSObject).Assembly
        .GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    private static readonly object? Foreground = Property<object>(Style, "Foreground")?.Invoke();
    private static readonly Func<string>? Reset = Property<string>(Style, "Reset");
    private static readonly Func<string>? Good = Property<string>(Foreground, "Green");
    private static readonly Func<string>? Bad = Property<string>(Foreground, "BrightRed");
    private static readonly Func<string>? Running = Property<string>(Foreground, "BrightYellow");
    private static readonly Func<string>? Waiting = Property<string>(Foreground, "Cyan");
    private static readonly Func<string>? Faint = Property<string>(Foreground, "BrightBlack");

    /// <summary>Finished, failed, running and waiting have a colour each; unknown states have none.</summary>
    public static string Paint(JobStatus status, string text) => status switch
    {
        JobStatus.Finished => Wrap(Good, text),
        JobStatus.Error or JobStatus.Timeout => Wrap(Bad, text),
        JobStatus.Executing => Wrap(Running, text),
        JobStatus.Init or JobStatus.PreInit => Wrap(Waiting, text),
        _ => text,
    };

    /// <summary>For what is said in passing.</summary>
    public static string Dim(string text) => Wrap(Faint, text);

    private static string Wrap(Func<string>? colour, string text) =>
        colour is null || Reset is null || text.Length == 0 ? text : colour() + text + Reset();

    // A delegate instead of PropertyInfo.GetValue: it is called for every row.
    private static Func<T>? Property<T>(object? owner, string name)
        where T : class =>
        owner?.GetType().GetProperty(name)?.GetGetMethod() is { } getter
            ? getter.CreateDelegate<Func<T>>(owner)
            : null;
}
