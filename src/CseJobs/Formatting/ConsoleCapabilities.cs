using System.Reflection;

namespace CseJobs.Formatting;

/// <summary>Width and character set of the console.</summary>
internal static class ConsoleCapabilities
{
    private const int MinWidth = 40;
    private const int DefaultWidth = 80;
    private const int Utf8 = 65001;

    /// <summary>Cells of a line; 80, the engine's own default, when there is no console to ask.</summary>
    public static int Width => Ask(() => Console.IsOutputRedirected || Console.WindowWidth < MinWidth ? DefaultWidth : Console.WindowWidth, DefaultWidth);

    /// <summary>Unicode only where the output is UTF-8: other encodings write question marks for the characters that they lack.</summary>
    public static Glyphs Glyphs => Ask(() => Console.OutputEncoding.CodePage == Utf8 ? Glyphs.Unicode : Glyphs.Ascii, Glyphs.Ascii);

    private static T Ask<T>(Func<T> console, T fallback)
    {
        try
        {
            return console();
        }
        catch (IOException)
        {
            return fallback;
        }
    }
}

/// <summary>The characters that a timeline is drawn with.</summary>
/// <param name="Marks">One for each <see cref="Kind"/> of status.</param>
/// <param name="Bar">The time that a step took.</param>
/// <param name="Open">The end of the bar of a running step.</param>
/// <param name="Track">The time before and after a step.</param>
/// <param name="Ellipsis">In the place of what was cut.</param>
internal sealed record Glyphs(string Marks, char Bar, char Open, char Track, char Ellipsis)
{
    public static Glyphs Unicode { get; } = new("✓✗…·?", '█', '►', '·', '…');

    public static Glyphs Ascii { get; } = new("vx~-?", '#', '>', '.', '~');

    public char Mark(JobStatus status) => Marks[Kind(status)];

    /// <summary>0 for finished, 1 for failed, 2 for running, 3 for waiting, 4 for unknown.</summary>
    public static int Kind(JobStatus status) => status switch
    {
        JobStatus.Finished => 0,
        JobStatus.Error or JobStatus.Timeout => 1,
        JobStatus.Executing => 2,
        JobStatus.Init or JobStatus.PreInit => 3,
        _ => 4,
    };
}

/// <summary>
/// Colours from $PSStyle: they follow the user's settings, and the engine removes them for NO_COLOR, PlainText and redirected
/// output. Read by reflection, because the reference library that the module is compiled against is older than PSStyle.
/// </summary>
internal static class Palette
{
    private static readonly object? Style = typeof(PSObject).Assembly
        .GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    private static readonly object? Foreground = Getter<object>(Style, "Foreground")?.Invoke();
    private static readonly Func<string>? Reset = Getter<string>(Style, "Reset");
    private static readonly Func<string>? Grey = Getter<string>(Foreground, "BrightBlack");

    // One for each kind of status but the unknown.
    private static readonly Func<string>?[] Colours =
        new[] { "Green", "BrightRed", "BrightYellow", "Cyan" }.Select(name => Getter<string>(Foreground, name)).ToArray();

    /// <summary>A text in the colour of a status; unknown ones have none.</summary>
    public static string Paint(JobStatus status, string text) => Wrap(Colours.ElementAtOrDefault(Glyphs.Kind(status)), text);

    /// <summary>A text of secondary interest.</summary>
    public static string Dim(string text) => Wrap(Grey, text);

    private static string Wrap(Func<string>? colour, string text) =>
        colour is null || Reset is null || text.Length == 0 ? text : colour() + text + Reset();

    // A delegate instead of PropertyInfo.GetValue: it is called for every row.
    private static Func<T>? Getter<T>(object? owner, string property) where T : class =>
        owner?.GetType().GetProperty(property)?.GetGetMethod()?.CreateDelegate<Func<T>>(owner);
}
