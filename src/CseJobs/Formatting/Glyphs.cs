namespace CseJobs.Formatting;

/// <summary>The signs that a timeline is drawn with.</summary>
internal sealed class Glyphs
{
    private Glyphs(string marks, char bar, char open, char track, char ellipsis)
    {
        Marks = marks;
        Bar = bar;
        Open = open;
        Track = track;
        Ellipsis = ellipsis;
    }

    public static Glyphs Unicode { get; } = new("✓✗…·?", '█', '►', '·', '…');

    /// <summary>For consoles that cannot show more.</summary>
    public static Glyphs Ascii { get; } = new("vx~-?", '#', '>', '.', '~');

    /// <summary>Time that a step took.</summary>
    public char Bar { get; }

    /// <summary>End of a bar that goes on.</summary>
    public char Open { get; }

    /// <summary>Time before and after a step.</summary>
    public char Track { get; }

    public char Ellipsis { get; }

    private string Marks { get; }

    public char Mark(JobStatus status) => status switch
    {
        JobStatus.Finished => Marks[0],
        JobStatus.Error or JobStatus.Timeout => Marks[1],
        JobStatus.Executing => Marks[2],
        JobStatus.Init or JobStatus.PreInit => Marks[3],
        _ => Marks[4],
    };
}
