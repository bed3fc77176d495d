namespace CseJobs.Simulator.Data;

/// <summary>The two example bodies of the specification, verbatim.</summary>
internal static class Samples
{
    /// <summary>The body of the detail call for job 12339.</summary>
    public static readonly byte[] Detail = Load("job-12339.json");

    /// <summary>The body of the list call.</summary>
    public static readonly byte[] List = Load("jobs.json");

    /// <summary>What <see cref="List"/> promises after its first page.</summary>
    public static readonly byte[] EmptyList = """{"total":100,"data":[]}"""u8.ToArray();

    /// <summary>The sample job, as far as it can be asked for outside of the two bodies.</summary>
    public static SimulatedJob Job => new()
    {
        Id = 12339,
        EngineId = CseSimulator.SeedEngineId,
        EngineName = "test",
        Type = JobTypes.Create,
        Description = "",
        Status = JobStatuses.Finished,
        CreateUser = "test",
        StartTime = 1636540095901,
        EndTime = 1636540460230,
        Context = "",
        Number = 0,
        Created = 1636540095901,
        Seed = 0,
    };

    private static byte[] Load(string name)
    {
        using Stream stream = typeof(Samples).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("not embedded: " + name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);

        // The final line break belongs to the file, not to the sample.
        byte[] bytes = copy.ToArray();
        return bytes[^1] == (byte)'\n' ? bytes[..^1] : bytes;
    }
}
