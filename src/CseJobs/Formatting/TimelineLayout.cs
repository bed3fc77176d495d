namespace CseJobs.Formatting;

/// <summary>
/// Cells of the columns of a timeline. Names, times and statuses take what they need, the bars what is left; where that is
/// plenty, the steps' descriptions come back.
/// </summary>
internal sealed class TimelineLayout
{
    private const int LeastBar = 14;
    private const int LeastName = 12;
    private const int MostWord = 12;
    private const int LeastNote = 12;

    // A bar of this length comes before descriptions; a longer one than the other tells nothing more.
    private const int EnoughBar = 32;
    private const int MostBar = 80;

    public TimelineLayout(
        int width,
        IReadOnlyList<TimelineStep> steps,
        Func<TimelineStep, string> name,
        Func<TimelineStep, string> clock,
        Func<TimelineStep, string> took,
        Func<TimelineStep, string> word)
    {
        bool hasBars = steps.Any(step => step.Start is not null);
        Clock = Longest(steps, clock);
        Took = Longest(steps, took);
        Word = Math.Min(MostWord, Longest(steps, word));

        // Two blanks before each but the bar, which has one.
        int rest = width - 1 - (Clock > 0 ? 2 + Clock + 2 + Took : 0) - (Word > 0 ? 2 + Word : 0);
        Name = Math.Min(Longest(steps, name), Math.Max(LeastName, rest - LeastBar));
        rest = Math.Max(0, rest - Name);

        int note = Math.Min(Longest(steps, step => step.Note), rest - 2 - (hasBars ? EnoughBar : 0));
        Note = note >= LeastNote ? note : 0;
        Bar = hasBars ? Math.Min(Note > 0 ? rest - 2 - Note : rest, MostBar) : 0;
    }

    /// <summary>Mark and name with their indent.</summary>
    public int Name { get; }

    public int Bar { get; }

    public int Clock { get; }

    public int Took { get; }

    /// <summary>Statuses in words; 0 when no step needs one.</summary>
    public int Word { get; }

    /// <summary>Descriptions; 0 when there is no room.</summary>
    public int Note { get; }

    private static int Longest(IReadOnlyList<TimelineStep> steps, Func<TimelineStep, string> text) =>
        steps.Count == 0 ? 0 : steps.Max(step => Cells.Width(text(step)));
}
