namespace CseJobs.Simulator.Endpoints;

/// <summary>What a list call is about to do; scenarios change it before it is done.</summary>
internal sealed class ListPlan(SimulatedEngine engine)
{
    public SimulatedEngine Engine { get; } = engine;

    /// <summary>The offset as asked for; its meaning is the engine's.</summary>
    public long Offset { get; set; }

    /// <summary>The page size after it was cut to the engine's maximum.</summary>
    public int Limit { get; set; }

    /// <summary>The window's beginning and end, both inclusive, in epoch milliseconds.</summary>
    public long? From { get; set; }

    public long? To { get; set; }

    public bool OldestFirst { get; set; }

    public bool RejectsZero { get; set; }

    /// <summary>Turns the number of matching jobs into the total that is told; null leaves it out.</summary>
    public Func<int, int?> Total { get; set; } = count => count;

    public TaskShape Tasks { get; set; } = TaskShape.Flat;

    public Envelope Envelope { get; set; } = Envelope.None;

    /// <summary>How many jobs lie before the page.</summary>
    public long Skip => OffsetMeaning.Skip(Engine.OffsetReading, Offset, Limit);
}
