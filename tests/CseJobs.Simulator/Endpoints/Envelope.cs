namespace CseJobs.Simulator.Endpoints;

/// <summary>What is around the <c>total</c> and <c>data</c> of a list.</summary>
internal enum Envelope
{
    /// <summary>Nothing: the specification's example.</summary>
    None,

    /// <summary>An array of one.</summary>
    Array,

    /// <summary>An object whose only member OK is an array of one: the specification's table.</summary>
    Ok,
}
