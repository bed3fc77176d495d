namespace CseJobs.Simulator;

/// <summary>What an engine is, in the service's own distinction of <c>type</c> and <c>specType</c>.</summary>
public enum EngineKind
{
    /// <summary>An exclusive ServiceComb engine (CSE, CSE2): the only kind whose jobs can be retried.</summary>
    ServiceComb,

    /// <summary>A ServiceComb engine of the professional edition (CSE_Share, CSE2).</summary>
    Shared,

    /// <summary>A registry and configuration center (NACOS, Nacos2).</summary>
    Nacos,

    /// <summary>A gateway (MICROGATEWAY, MicroGateway).</summary>
    MicroGateway,
}
