using System;
using System.Collections.Generic;
using CseJobs.Client;
using CseJobs.Client.Jobs;
using CseJobs.Client.Tests;
using CseJobs.Client.Tests.Faults;

namespace CseJobs.Desktop.Tests;

/// <summary>The table of faults that the client is tested with on .NET, over this .NET's own way to send requests.</summary>
internal static class FaultChecks
{
    public static IEnumerable<Check> All(Uri address)
    {
        var remote = new Remote(address);
        foreach (FaultCase fault in FaultCase.All)
        {
            yield return new Check($"fault {fault.Scenario}: {(fault.Reason is null ? "all jobs" : fault.Reason.ToString())}", async () =>
            {
                using CseClient client = remote.Connect(timeout: fault.WaitsForTimeout ? TimeSpan.FromMilliseconds(300) : null);
                var recorder = new Recorder();
                var ids = new HashSet<long>();
                CseApiException? error = null;
                using JobPager pager = client.ListJobs(fault.Engine, observer: recorder);
                try
                {
                    while (await pager.NextAsync().ConfigureAwait(false) is { } page)
                    {
                        foreach (EngineJob job in page.Jobs)
                        {
                            Expect.True(ids.Add(job.Id), $"job {job.Id} comes once");
                        }
                    }
                }
                catch (CseApiException e)
                {
                    error = e;
                }

                Expect.Equal(fault.Reason, error?.Reason, $"the reason of '{error?.Message}'");
                Expect.Equal(fault.Delivered, ids.Count, "the number of jobs");
                if (fault.Scenario == "gzipbomb")
                {
                    // Only the first of its thousand parts is unpacked here: a harmless body that cannot be read.
                    return;
                }

                Expect.Equal(fault.Requests, recorder.Requests.Count, $"the number of requests, with '{error?.Message}'");
            });
        }
    }
}
