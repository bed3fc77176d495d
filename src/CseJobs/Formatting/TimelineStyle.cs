namespace CseJobs.Formatting;

/// <summary>Where and how a timeline is drawn.</summary>
internal sealed record TimelineStyle
{
    /// <summary>Cells of a line.</summary>
    public int Width { get; init; } = 80;

    public Glyphs Glyphs { get; init; } = Glyphs.Unicode;

    /// <summary>The zone that its clock times are in.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Colours a text as its status is coloured.</summary>
    public Func<JobStatus, string, string> Paint { get; init; } = (_, text) => text;

    /// <summary>Makes a text step back.</summary>
    public Func<string, string> Dim { get; init; } = text => text;
}
