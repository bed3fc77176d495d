using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class TimelineNoteTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_description_is_shown_from_twelve_cells_on_and_then_grows_with_the_console(bool hasBegun)
    {
        const string Note = "Resource preparation";
        var start = new DateTime(2026, 11, 20, 14, 0, 0, DateTimeKind.Utc);
        var step = new TimelineStep { Name = "a", Status = JobStatus.Init, StatusText = "Init", Note = Note };
        step = hasBegun ? step with { Start = start, End = start.AddSeconds(60) } : step;
        var job = new TimelineJob { Id = "7", Type = "Delete", Whole = step with { Note = string.Empty }, Steps = [step] };

        // Narrower than the head of a job that has begun it is never; without bars there is room much earlier.
        int narrowest = hasBegun ? 40 : 16;
        int[] shown = [.. Enumerable.Range(narrowest, 80).Select(width =>
        {
            string line = Timeline.Draw(job, start.AddHours(1), new TimelineStyle { Width = width, Zone = TimeZoneInfo.Utc })[^1];
            Assert.InRange(TextWidth.Of(line), 1, width - 1);
            return line.LastIndexOf("  R", StringComparison.Ordinal) is var at and >= 0 ? line.Length - at - 2 : 0;
        })];

        // One cell more with each cell of the console, from 12 to the whole of it.
        Assert.Equal([.. Enumerable.Range(12, Note.Length - 11)], shown.Where(cells => cells > 0).Distinct());
        Assert.Equal(shown.Order(), shown);
        Assert.Equal(hasBegun ? 0 : Note.Length, shown[40 - narrowest]);
    }
}
