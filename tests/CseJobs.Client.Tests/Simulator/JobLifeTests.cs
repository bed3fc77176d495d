using System.Text.Json.Nodes;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Simulator;

/// <summary>The simulator itself: jobs that go on while they are watched.</summary>
public sealed class JobLifeTests : EngineCallsTestBase
{
    [Fact]
    public async Task A_job_in_progress_goes_through_its_phases_and_lists_do_not_move_it()
    {
        SimulatedEngine engine = Server.AddEngine("moves", 4, "progress9", name: "moves-on");
        var statuses = new List<string>();
        var finishedTimes = new Dictionary<string, (long Start, long End)>();
        for (int i = 0; i < 10; i++)
        {
            JsonObject job = await JobAsync(engine);
            statuses.Add(Text(job, "status"));
            CheckPhases(job, finishedTimes);

            // Twice, since once might agree by chance.
            for (int again = 0; again < 2; again++)
            {
                JsonObject item = Items(await GetAsync("/moves/jobs?limit=1"))[0];
                Assert.Equal((Text(job, "status"), (long)job["id"]!), (Text(item, "status"), (long)item["id"]!));
                Assert.Equal(statuses[^1] == "Finished" ? "Available" : "Upgrading", Text(await GetAsync("/moves"), "status"));
            }
        }

        Assert.Equal(["Init", .. Enumerable.Repeat("Executing", 7), "Finished", "Finished"], statuses);
        Assert.Equal(7, finishedTimes.Count);
    }

    [Theory]
    [InlineData("fails4", "Error")]
    [InlineData("timesout4", "Timeout")]
    public async Task A_job_that_fails_says_where_and_why_and_is_finished_after_a_retry(string scenario, string status)
    {
        SimulatedEngine engine = Server.AddEngine(scenario, 4, scenario, name: "fails-first");
        Assert.Equal(["Init", "Executing", "Executing", status, status], await StatusesAsync(engine, 5));

        JsonObject failed = await JobAsync(engine);
        JsonObject[] phases = Tasks(failed);
        Assert.Equal(["Finished", status, "Init", "Init"], phases.Select(phase => Text(phase, "status")));
        Assert.Equal(["Finished", status, "Init"], Tasks(phases[1]).Select(task => Text(task, "status")));
        Assert.True(Text(Tasks(phases[1])[1], "log").Split('\n').Length >= 3);
        CheckPhases(failed, []);
        JsonObject shown = await GetAsync("/" + scenario);
        Assert.Equal("UpgradeFailed", Text(shown, "status"));
        Assert.Equal(["Retry", "Rollback"], Actions(shown));

        JsonObject answer = await RetryAsync(scenario, 200);

        Assert.True(JsonNode.DeepEquals(new JsonObject { ["id"] = scenario, ["name"] = "fails-first", ["jobId"] = (long)failed["id"]! }, answer));
        Assert.Equal("Upgrading", Text(await GetAsync("/" + scenario), "status"));
        Assert.Equal("Executing", Text(Items(await GetAsync($"/{scenario}/jobs"))[0], "status"));
        Assert.Equal("SVCSTG.00500400", Text(await RetryAsync(scenario, 400), "error_code"));
        Assert.Equal(["Executing", "Executing", "Executing", "Finished"], await StatusesAsync(engine, 4));
        JsonObject finished = await JobAsync(engine);
        Assert.Equal((long)failed["startTime"]!, (long)finished["startTime"]!);
        Assert.True((long)finished["endTime"]! > (long)failed["endTime"]!);
        Assert.True(JsonNode.DeepEquals(phases[0], Tasks(finished)[0]));
    }

    [Theory]
    [InlineData("deletes2", 400, "SVCSTG.00501116")]
    [InlineData("deletes4012", 401, "SVCSTG.00401116")]
    public async Task An_engine_is_gone_after_its_deletion(string scenario, int status, string code)
    {
        SimulatedEngine engine = Server.AddEngine(scenario, 4, scenario);
        long job = engine.LatestJob!.Id;
        Assert.Equal("Deleting", Text(await GetAsync("/" + scenario), "status"));

        Assert.Equal(["Init", "Executing"], await StatusesAsync(engine, 2));

        string[] paths = [$"/{scenario}", $"/{scenario}/jobs", $"/{scenario}/jobs/{job}"];
        foreach (string path in paths)
        {
            await RefusedAsync(HttpMethod.Get, path, status, code);
        }

        await RefusedAsync(HttpMethod.Put, $"/{scenario}/actions", status, code, """{"action":"Retry"}""");
        Assert.DoesNotContain(scenario, Items(await GetAsync("?limit=100")).Select(item => Text(item, "id")));
    }

    [Fact]
    public async Task A_failed_job_can_come_back_by_itself()
    {
        SimulatedEngine engine = Server.AddEngine("returns", 4, "revive3");

        Assert.Equal(["Error", "Error", "Error", "Executing", "Executing", "Finished", "Finished"], await StatusesAsync(engine, 7));
    }

    [Fact]
    public async Task A_stuck_job_never_ends()
    {
        Assert.All(await StatusesAsync(Server.GetEngine("sim-jobs5-stuck"), 20), status => Assert.Equal("Executing", status));
        Assert.DoesNotContain("sim-jobs5-stuck", Server.Engines.Select(engine => engine.Id));
    }

    [Fact]
    public async Task A_deletion_that_is_retried_ends_with_its_engine()
    {
        SimulatedEngine engine = Server.Engines.Single(engine => engine.Status == "DeleteFailed");

        await RetryAsync(engine.Id, 200);

        Assert.All(await StatusesAsync(engine, 6), status => Assert.Equal("Executing", status));
        await RefusedAsync(HttpMethod.Get, "/" + engine.Id, 400, "SVCSTG.00501116");
    }

    // Finished, then at most one that is running, then those that have not begun; and no finished sub-job changes its times.
    private static void CheckPhases(JsonObject job, Dictionary<string, (long Start, long End)> finishedTimes)
    {
        JsonObject[] phases = Tasks(job);
        foreach (JsonObject[] parts in (JsonObject[][])[phases, [.. phases.SelectMany(Tasks)]])
        {
            string[] statuses = [.. parts.Select(part => Text(part, "status"))];
            Assert.Equal(statuses.OrderBy(status => status switch { "Finished" => 0, "Init" => 2, _ => 1 }), statuses);
            string[] expected = Text(job, "status") switch { "Init" or "Finished" => [], string status => [status] };
            Assert.Equal(expected, statuses.Where(status => status is not ("Finished" or "Init")));
            Assert.All(parts, part => Assert.Equal(Text(part, "status") != "Init", part.ContainsKey("startTime")));
            Assert.All(parts, part => Assert.Equal(Text(part, "status") is not ("Init" or "Executing"), part.ContainsKey("endTime")));
        }

        Assert.Equal(Text(job, "status") is not ("Init" or "Executing"), job.ContainsKey("endTime"));
        foreach (JsonObject task in phases.SelectMany(Tasks).Where(task => Text(task, "status") == "Finished"))
        {
            (long Start, long End) times = ((long)task["startTime"]!, (long)task["endTime"]!);
            Assert.True(times.Start < times.End);
            string name = task["taskOrder"]!.ToJsonString();
            Assert.Equal(finishedTimes.TryAdd(name, times) ? times : finishedTimes[name], times);
        }
    }
}
