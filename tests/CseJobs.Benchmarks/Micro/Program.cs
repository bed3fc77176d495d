using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// CseJobs.Benchmarks [--quick]: prints "what;mean in microseconds;kilobytes allocated" for each benchmark. In this process:
// the toolchain that builds one per benchmark needs packages that a closed network lacks.
Job job = args.Contains("--quick")
    ? Job.Default.WithWarmupCount(6).WithIterationCount(3).WithIterationTime(TimeInterval.FromMilliseconds(100))
    : Job.MediumRun.WithLaunchCount(1);
job = job.WithToolchain(InProcessEmitToolchain.Instance);
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
    .AddLogger(NullLogger.Instance)
    .WithArtifactsPath(System.IO.Path.Combine(AppContext.BaseDirectory, "artifacts"));
Summary[] summaries = BenchmarkRunner.Run(typeof(Program).Assembly, config);
bool failed = false;
foreach (BenchmarkReport report in summaries.SelectMany(summary => summary.Reports))
{
    failed |= !report.Success;
    double microseconds = (report.ResultStatistics?.Mean ?? double.NaN) / 1000;
    double kilobytes = (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0) / 1024.0;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo};{microseconds};{kilobytes}"));
}

return failed || summaries.Length == 0 ? 1 : 0;
