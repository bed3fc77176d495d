namespace CseJobs.Simulator.Endpoints;

/// <summary>What a list call is about to do; scenarios change it before it is done.</summary>
internal sealed class ListPlan(SimulatedEngine engine)
{
    public SimulatedEngine Engine { get; } = engine;

    /// <summary>The offset as asked for; its meaning is the engine's.</summary>
    public long Offset { get; set; }

    /// <summary>The page size after it was cut to the engine's maximum.</summary>
    public int Limit { get; set; }

    /// <summary>What from-time and to-time mean.</summary>
    public WindowReading Window { get; set; }

    /// <summary>A larger limit than this is refused; null if it is cut.</summary>
    public int? RefusedAbove { get; set; }

    public bool OldestFirst { get; set; }

    public bool RejectsZero { get; set; }

    /// <summary>Turns the numbers of matching jobs and of jobs on the page into the total that is told; null leaves it out.</summary>
    public Func<int, int, int?> Total { get; set; } = (matching, _) => matching;

    public TaskShape Tasks { get; set; } = TaskShape.Flat;

    public Envelope Envelope { get; set; } = Envelope.None;

    /// <summary>How many jobs lie before the page.</summary>
    public long Skip => OffsetMeaning.Skip(Engine.OffsetReading, Offset, Limit);
}
