using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CseJobs.Client.Json;
using CseJobs.CSharpLoop;

namespace CseJobs.Benchmarks;

/// <summary>A page of 1,000 jobs from bytes to objects.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private readonly byte[] _page = SamplePage.Create();
    private readonly TextPool _texts = new();

    [Benchmark(Baseline = true, Description = "System.Text.Json, source-generated")]
    public int Serialiser() => JsonSerializer.Deserialize(_page, PageContext.Default.Page)!.Data.Count;

    [Benchmark(Description = "the module's reader")]
    public int Reader() => JobReader.ReadPage(_page, _texts).Data.Count;
}
