using System.Globalization;
using System.Text;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Paging;

/// <summary>The failed jobs of a window, whatever the server makes of window, limit, order, total and tasks: the right ones, each once.</summary>
public sealed class ListReadingTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private const int Jobs = 250;

    // The 41 newest.
    private const int InWindow = 41;

    private static readonly string[] Windows =
        ["", "windowexclusive", "windowseconds", "windowdates", "windowlocal", "windowiso", "windowended", "windowignored", "windowrefused"];

    private static readonly string[] Limits = ["", "max10", "max50", "max100", "refuse10", "refuse50", "refuse100"];
    private static readonly string[] Orders = ["", "ascending"];
    private static readonly string[] Totals = ["", "pagetotal", "emptytotal"];
    private static readonly string[] Tasks = ["", "notasks", "nulltasks", "nested"];
    private static readonly string[] Offsets = ["pages0", "pages1", "records"];

    [Fact]
    public async Task Every_reading_gives_the_failed_jobs_of_the_window_and_each_once()
    {
        var table = new StringBuilder();
        int engines = 0;
        foreach (string window in Windows)
        {
            foreach (string limit in Limits)
            {
                foreach (string order in Orders)
                {
                    foreach (string total in Totals)
                    {
                        // Each of these meets each of the others in some row.
                        string tasks = Tasks[engines % Tasks.Length];
                        string offset = Offsets[engines++ % Offsets.Length];
                        string[] readings = [offset, limit, window, order, total, tasks];
                        int requests = await CheckAsync($"sim-jobs{Jobs}-{string.Join('-', readings.Where(reading => reading.Length > 0))}");
                        table.AppendLine(CultureInfo.InvariantCulture, $"{window,-16}{limit,-10}{order,-10}{total,-11}{tasks,-10}{offset,-8}{requests,4}");
                    }
                }
            }
        }

        Assert.Equal(378, engines);
        await File.WriteAllTextAsync(Path.Combine(OutDirectory(), "list-readings.txt"), $"window          limit     order     total      tasks     offset  requests\n{table}");
    }

    private async Task<int> CheckAsync(string name)
    {
        SimulatedEngine engine = fixture.Simulator.GetEngine(name);
        List<SimulatedJob> newestFirst = [.. engine.Jobs.OrderByDescending(job => job.StartTime)];
        long from = newestFirst[InWindow - 1].StartTime!.Value;
        long[] expected = [.. engine.Jobs.Where(job => job.StartTime >= from && job.Status is ("Error" or "Timeout")).Select(job => job.Id)];
        Assert.NotEmpty(expected);

        List<long> ids = [];
        using CseClient client = fixture.Connect();
        using Pager<EngineJob> pager = client.ListJobs(name, new JobQuery { From = DateTimeOffset.FromUnixTimeMilliseconds(from) });
        ids.AddRange((await SimulatorFixture.ListAllAsync(pager)).Where(job => job.Failed).Select(job => job.Id));

        Assert.True(expected.SequenceEqual(ids), $"{name}: {string.Join(' ', ids)} instead of {string.Join(' ', expected)}");
        Assert.True(pager.Missing == 0, $"{name}: {pager.Missing} missing");
        return fixture.RequestsFor(name).Count;
    }

    private static string OutDirectory()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CseJobs.sln")))
            root = root.Parent!;

        return Directory.CreateDirectory(Path.Combine(root.FullName, "out")).FullName;
    }
}
