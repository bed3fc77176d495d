namespace CseJobs.Simulator.Data;

/// <summary>What becomes of an engine's newest job while it is watched.</summary>
internal enum LifeKind
{
    /// <summary>It ends well.</summary>
    Progress,

    /// <summary>Its second phase fails.</summary>
    Fails,

    /// <summary>Its second phase takes too long.</summary>
    TimesOut,

    /// <summary>It is a deletion, at whose end the engine is gone.</summary>
    Deletes,

    /// <summary>It has failed, and is then tried again with success.</summary>
    Revives,

    /// <summary>It neither moves nor ends.</summary>
    Stuck,
}
