using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

namespace CseJobs.Desktop.Tests;

/// <summary>Runs the checks against the built module and two simulators. Ends with 0 when all are met.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args.Length != 3)
        {
            Console.Error.WriteLine("usage: CseJobs.Desktop.Tests BIN ADDRESS TLS-ADDRESS");
            Console.Error.WriteLine("  BIN          folder of the built CseJobs.dll, with desktop/ in it");
            Console.Error.WriteLine("  ADDRESS      a simulator");
            Console.Error.WriteLine("  TLS-ADDRESS  a simulator started with --tls untrusted");
            return 2;
        }

        // An engine loads a module's assemblies by their path; the program's own references lead to the same ones.
        string bin = Path.GetFullPath(args[0]);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => new AssemblyName(request.Name).Name is "CseJobs" or "CseJobs.Client"
            ? Assembly.LoadFrom(Path.Combine(bin, new AssemblyName(request.Name).Name + ".dll"))
            : null;
        return RunAsync(bin, new Uri(args[1]), new Uri(args[2])).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string bin, Uri simulator, Uri tlsSimulator)
    {
        var report = new Report();
        var import = new ImportChecks(bin);
        Report.Head();
        await report.RunAsync(import.BeforeUse()).ConfigureAwait(false);
        foreach (IEnumerable<Check> checks in UseChecks(simulator, tlsSimulator))
        {
            await report.RunAsync(checks).ConfigureAwait(false);
        }

        await report.RunAsync(import.AfterUse()).ConfigureAwait(false);
        return report.End();
    }

    private static IEnumerable<Check>[] UseChecks(Uri simulator, Uri tlsSimulator) => new[]
    {
        JobChecks.All(simulator),
        SignInChecks.All(simulator),
        ConnectionChecks.All(simulator, tlsSimulator),
        FaultChecks.All(simulator),
    };
}
