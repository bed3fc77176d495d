using System;
using System.Collections.Generic;
using System.Linq;
using CseJobs.Client;
using CseJobs.Client.Engines;
using CseJobs.Client.Jobs;
using CseJobs.Client.Tests;

namespace CseJobs.Desktop.Tests;

/// <summary>Lists and details.</summary>
internal static class JobChecks
{
    public static IEnumerable<Check> All(Uri address)
    {
        var remote = new Remote(address);
        yield return new Check("list: all pages, each job once", async () =>
        {
            using CseClient client = remote.Connect();
            var recorder = new Recorder();
            List<EngineJob> jobs = await Remote.ListAsync(client, "sim-jobs250", null, recorder).ConfigureAwait(false);
            Expect.Equal(250, jobs.Select(job => job.Id).Distinct().Count(), "the number of different jobs");
            Expect.Equal(250, jobs.Count, "the number of jobs");
            Expect.True(recorder.Requests.Count(request => request.PathAndQuery.Contains("limit=100")) >= 3, "there were at least three pages of 100");
            Expect.True(jobs.All(job => job.Status != JobStatus.Unknown && job.StartTime is null or { Kind: DateTimeKind.Local }), "jobs are read");
        });
        yield return new Check("list: packed, page numbers or records, small pages", async () =>
        {
            using CseClient client = remote.Connect();
            foreach (string engine in new[] { "sim-jobs60-max20-gzip", "sim-jobs60-max7-records", "sim-jobs60-max9-pages0-latency1" })
            {
                Expect.Equal(60, (await Remote.ListAsync(client, engine).ConfigureAwait(false)).Count, $"the number of jobs of {engine}");
            }
        });
        yield return new Check("list: a window of time", async () =>
        {
            using CseClient client = remote.Connect();
            List<EngineJob> all = await Remote.ListAsync(client, Remote.Engine).ConfigureAwait(false);
            DateTimeOffset from = all.Where(job => job.StartTime is not null).Skip(20).First().StartTime!.Value;
            List<EngineJob> some = await Remote.ListAsync(client, Remote.Engine, new JobQuery { From = from }).ConfigureAwait(false);
            Expect.True(some.Count is > 10 and < 40, $"some of {all.Count}, not {some.Count}");
        });
        yield return new Check("detail: phases, sub-jobs and the sample of the specification", async () =>
        {
            using CseClient client = remote.Connect();
            EngineJob job = await client.GetJobAsync(Remote.SeedEngine, 12339).ConfigureAwait(false);
            Expect.Equal(12339, job.Id, "the id");
            Expect.True(job.Phases.Count > 0 && job.Phases.Sum(phase => phase.Tasks.Count) > 0, "there are phases with sub-jobs");
        });
        yield return new Check("detail: text outside ASCII, in four encodings", async () =>
        {
            using CseClient client = remote.Connect();
            foreach (string charset in new[] { "wrongcharset", "badcharset", "utf16", "latin1" })
            {
                EngineJob job = (await Remote.ListAsync(client, $"sim-jobs1-{charset}").ConfigureAwait(false)).Single();
                Expect.True(job.Description?.Contains("é") == true, $"the description of {charset}, '{job.Description}', holds é");
            }
        });
        yield return new Check("engines: list and one in detail", async () =>
        {
            using CseClient client = remote.Connect();
            var engines = new List<Engine>();
            using EnginePager pager = client.ListEngines();
            while (await pager.NextAsync().ConfigureAwait(false) is { } page)
            {
                engines.AddRange(page.Engines);
            }

            Expect.True(engines.Count > 10, $"there are more engines than {engines.Count}");
            Expect.Equal(engines[0].Name, (await client.GetEngineAsync(engines[0].Id).ConfigureAwait(false)).Name, "the name");
        });
    }
}
