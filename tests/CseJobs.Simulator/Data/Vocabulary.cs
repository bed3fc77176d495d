namespace CseJobs.Simulator.Data;

/// <summary>The words the generated jobs are made of.</summary>
internal static class Vocabulary
{
    public static readonly string[] Users = ["admin", "chen.wei", "maria.santos", "ops-pipeline", "svc_deploy", "j.mueller"];

    private static readonly TaskTemplate Tenant = new("TenantTaskExecutor", "Tenant processing", 60_000);
    private static readonly TaskTemplate Network = new("NetworkTaskExecutor", "Subnet and security group preparation", 45_000);
    private static readonly TaskTemplate Cluster = new("ClusterTaskExecutor", "Cluster creation", 480_000);
    private static readonly TaskTemplate Node = new("NodeTaskExecutor", "Node registration", 180_000);
    private static readonly TaskTemplate Package = new("PackageTaskExecutor", "Package download", 60_000);
    private static readonly TaskTemplate Deploy = new("EngineDeployTaskExecutor", "Engine installation", 240_000);
    private static readonly TaskTemplate Config = new("ConfigTaskExecutor", "Configuration delivery", 30_000);
    private static readonly TaskTemplate Health = new("HealthCheckTaskExecutor", "Instance health check", 60_000);
    private static readonly TaskTemplate Traffic = new("TrafficTaskExecutor", "Entry point removal", 30_000);
    private static readonly TaskTemplate Uninstall = new("EngineUninstallTaskExecutor", "Engine removal", 120_000);
    private static readonly TaskTemplate Release = new("ResourceReleaseTaskExecutor", "Resource release", 120_000);
    private static readonly TaskTemplate Backup = new("BackupTaskExecutor", "Configuration backup", 90_000);
    private static readonly TaskTemplate ControlPlane = new("ControlPlaneTaskExecutor", "Rolling upgrade of the registry", 300_000);
    private static readonly TaskTemplate DataPlane = new("DataPlaneTaskExecutor", "Rolling upgrade of the configuration center", 240_000);
    private static readonly TaskTemplate Quota = new("QuotaTaskExecutor", "Quota check", 10_000);
    private static readonly TaskTemplate Restart = new("EngineRestartTaskExecutor", "Rolling restart", 60_000);

    private static readonly PhaseTemplate HealthCheck = new("healthCheck", "Health check", [Health]);

    private static readonly PhaseTemplate[] Create =
    [
        new("resourcePrepare", "Resource preparation", [Tenant, Network]),
        new("clusterCreate", "Cluster creation", [Cluster, Node]),
        new("engineDeploy", "Engine deployment", [Package, Deploy, Config]),
        HealthCheck,
    ];

    private static readonly PhaseTemplate[] Delete =
    [
        new("engineOffline", "Taking the engine offline", [Traffic]),
        new("engineUninstall", "Engine removal", [Uninstall, Config]),
        new("resourceRelease", "Resource release", [Node, Cluster, Release]),
    ];

    private static readonly PhaseTemplate[] Updated =
    [
        new("specCheck", "Specification check", [Quota]),
        new("clusterResize", "Cluster scaling", [Node, Cluster]),
        HealthCheck,
    ];

    private static readonly PhaseTemplate[] Upgrade =
    [
        new("upgradePrepare", "Upgrade preparation", [Backup, Package]),
        new("engineUpgrade", "Engine upgrade", [ControlPlane, DataPlane, Config]),
        new("upgradeCommit", "Upgrade commit", [Tenant]),
        HealthCheck,
    ];

    private static readonly PhaseTemplate[] Configure =
    [
        new("configCheck", "Configuration check", [Tenant]),
        new("configApply", "Configuration delivery", [Config, Restart]),
        HealthCheck,
    ];

    private static readonly PhaseTemplate[] Modify =
    [
        new("resourcePrepare", "Resource preparation", [Tenant, Quota]),
        new("engineModify", "Engine modification", [Config, Restart]),
        HealthCheck,
    ];

    /// <summary>The phases a job of this type goes through.</summary>
    public static PhaseTemplate[] Phases(string type) => type switch
    {
        JobTypes.Create => Create,
        JobTypes.Delete => Delete,
        JobTypes.Updated => Updated,
        JobTypes.Upgrade => Upgrade,
        JobTypes.Modify => Modify,
        _ => Configure,
    };

    /// <summary>Descriptions for a job of this type; some are empty, as in the specification's sample.</summary>
    public static string[] Descriptions(string type) => type switch
    {
        JobTypes.Create => ["Create the engine"],
        JobTypes.Delete => ["Delete the engine", ""],
        JobTypes.Updated => ["Scale up to cse.s1.large2", "Scale down to cse.s1.medium2", "Change the flavor", ""],
        JobTypes.Upgrade => ["Upgrade to 2.4.0", "Upgrade to 2.4.1", "Upgrade the configuration center", "Monthly upgrade"],
        JobTypes.Modify => ["Bind a public IP address", "Change the maintenance window", "Change the description", ""],
        _ => ["Enable security authentication", "Disable security authentication", "Change the log level", "Rotate the root password", ""],
    };

    /// <summary>How long a job of this type usually takes, in seconds.</summary>
    public static int TypicalSeconds(string type) => type switch
    {
        JobTypes.Create => 1220,
        JobTypes.Delete => 420,
        JobTypes.Updated => 540,
        JobTypes.Upgrade => 900,
        JobTypes.Modify => 240,
        _ => 90,
    };
}
