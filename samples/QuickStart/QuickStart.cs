using CseJobs;
using CseJobs.Client;
using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Client.Text;
using CseJobs.Simulator;

// The engine-job API from C#, without PowerShell: list an engine's jobs, filter them, read one with its phases. Against the
// real service only the endpoint, the project, the engine and the token differ.
await using CseSimulator simulator = await CseSimulator.StartAsync();

using var client = new CseClient(
    new CseClientOptions { Endpoint = simulator.BaseAddress, ProjectId = simulator.ProjectId },
    new TokenCredential(simulator.Token));

var failed = new List<EngineJob>();
long seen = 0;
using (Pager<EngineJob> pager = client.ListJobs(CseSimulator.DefaultEngineId))
{
    while (await pager.NextAsync() is { } page)
    {
        seen += page.Items.Count;
        failed.AddRange(page.Items.Where(job => job.Status == JobStatus.Error));
    }

    if (pager.Missing > 0)
    {
        Console.Error.WriteLine($"The list is not whole: {pager.Missing} more jobs were announced.");
    }
}

Console.WriteLine($"{seen} jobs, {failed.Count} of them failed. The newest failures:");
foreach (EngineJob job in failed.Take(5))
{
    // Whoever may start a job writes such texts: a line break in one is not to pose as a line of this list.
    Console.WriteLine($"  {job.Id}  {job.Type,-9}  {job.StartTime:yyyy-MM-dd HH:mm:ss}  {job.Duration:hh\\:mm\\:ss}  {SafeText.CleanLine(job.CreateUser ?? "")}");
}

if (failed.Count == 0)
{
    return;
}

EngineJob details = await client.GetJobAsync(CseSimulator.DefaultEngineId, failed[0].Id);
Console.WriteLine($"Job {details.Id} in detail:");
foreach (JobPhase phase in details.Phases)
{
    Console.WriteLine($"  {SafeText.CleanLine(phase.TaskName ?? ""),-22} {phase.Status}");
    foreach (JobTask task in phase.Tasks)
    {
        Console.WriteLine($"    {SafeText.CleanLine(task.TaskName ?? ""),-20} {task.Status}");
    }
}
