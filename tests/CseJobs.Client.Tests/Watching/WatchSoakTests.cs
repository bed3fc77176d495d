using System.Globalization;
using CseJobs.Client.Tests.Faults;
using CseJobs.Client.Watching;
using Xunit;

namespace CseJobs.Client.Tests.Watching;

/// <summary>A watch of a day. Alone in the process, whose memory it measures.</summary>
[Collection(nameof(Alone))]
public sealed class WatchSoakTests
{
    [Fact]
    public async Task Ten_thousand_polls_leave_nothing_behind()
    {
        using var fleet = new VirtualFleet(new TestClock()) { IsRecording = false };
        for (int i = 0; i < 5; i++)
            fleet.Add(string.Create(CultureInfo.InvariantCulture, $"e{i}"), new VirtualJob(i + 1, -5, -5, 1e9));

        var held = new List<long>();
        int polls = 0;
        fleet.Fault = (_, _) =>
        {
            if (++polls % 2500 == 0)
                held.Add(GC.GetTotalMemory(forceFullCollection: true));

            return null;
        };
        using CseClient client = fleet.Connect();
        var watcher = new JobWatcher([WatchTarget.Engines(client, _ => true)], new WatchOptions { Timeout = TimeSpan.FromSeconds(30_000) });
        await foreach (JobChange change in watcher.WatchAsync())
            Assert.Fail(change.ToString());

        Assert.InRange(polls, 10_000, 30_000);
        Assert.True(held[^1] < (held[0] * 1.05) + 200_000, $"{held[0]:N0} bytes, then {held[^1]:N0}");
    }
}
