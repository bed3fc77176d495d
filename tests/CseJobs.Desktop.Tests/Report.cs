using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace CseJobs.Desktop.Tests;

/// <summary>Runs checks and prints a line for each.</summary>
internal sealed class Report
{
    // Only so that a check that hangs ends, and fails.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private int _met;
    private int _failed;

    public static void Head() => Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");

    public async Task RunAsync(IEnumerable<Check> checks)
    {
        foreach (Check check in checks)
        {
            try
            {
                Task run = Task.Run(check.Run);
                if (await Task.WhenAny(run, Task.Delay(Guard)).ConfigureAwait(false) != run)
                {
                    throw new TimeoutException($"It did not end within {Guard.TotalSeconds} seconds.");
                }

                await run.ConfigureAwait(false);
                _met++;
                Console.WriteLine($"ok      {check.Name}");
            }
            catch (Exception e)
            {
                _failed++;
                Console.WriteLine($"FAILED  {check.Name}");
                Console.WriteLine($"        {e.ToString().Replace("\n", "\n        ")}");
            }
        }
    }

    public int End()
    {
        Console.WriteLine($"{_met} met, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }
}
