namespace CseJobs.Simulator.Endpoints;

/// <summary>What a job's <c>tasks</c> holds.</summary>
internal enum TaskShape
{
    /// <summary>Sub-jobs; the documented list.</summary>
    Flat,

    /// <summary>Phases that hold sub-jobs; the documented detail.</summary>
    Phases,

    /// <summary>The key is missing.</summary>
    Absent,

    /// <summary>The value is null.</summary>
    Null,
}
