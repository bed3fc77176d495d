using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Simulator;

/// <summary>
/// The simulator itself, asked without the client that it is there to test: the calls about engines, and jobs that go on
/// while they are watched.
/// </summary>
public sealed class EngineCallsTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] ItemFields =
    [
        "id", "name", "description", "status", "type", "specType", "flavor", "version", "latestVersion", "authType", "payment",
        "enterpriseProjectId", "enterpriseProjectName", "createTime", "latestJobId", "engineAdditionalActions", "totalInstance",
        "usedInstance", "availableInstance", "externalAddress", "publicAddress", "serviceEndpoint", "publicServiceEndpoint", "reference",
    ];

    private static readonly string[] DetailFields =
    [
        .. ItemFields.Except(
            ["totalInstance", "usedInstance", "availableInstance", "externalAddress", "publicAddress", "serviceEndpoint", "publicServiceEndpoint"]),
        "beDefault", "createUser", "projectId", "vmIds", "tags", "cceSpec", "externalEntrypoint",
    ];

    private readonly HttpClient _http = new();
    private CseSimulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await CseSimulator.StartAsync(new SimulatorOptions { MaxLimit = 100 });

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_list_has_the_documented_fields_and_names_the_newest_job_of_each_engine()
    {
        JsonObject list = await GetAsync("?limit=100");

        JsonObject[] engines = Items(list);
        Assert.Equal(14, (int)list["total"]!);
        Assert.Equal(14, engines.Length);
        Assert.Equal(14, engines.Select(engine => Text(engine, "name")).Distinct().Count());
        Assert.Contains("生产网关", engines.Select(engine => Text(engine, "name")));
        Assert.Equal([CseSimulator.DefaultEngineId, CseSimulator.SeedEngineId], engines.Take(2).Select(engine => Text(engine, "id")));
        foreach (JsonObject engine in engines)
        {
            Assert.True(Guid.TryParse(Text(engine, "id"), out _));
            Assert.Equal(ItemFields.Order(), engine.Select(field => field.Key).Where(name => name != "dueTo").Order());
            Assert.Equal(JsonValueKind.String, engine["reference"]!["serviceLimit"]!.GetValueKind());

            string id = Text(engine, "id");
            JsonObject newest = Items(await GetAsync($"/{id}/jobs?limit=1"))[0];
            Assert.Equal((long)newest["id"]!, (long)engine["latestJobId"]!);
            Assert.Equal(Text(engine, "name"), (string)newest["tasks"]![0]!["engineName"]!);
            bool failed = Text(newest, "status") is "Error" or "Timeout";
            Assert.Equal(failed, Text(engine, "status").EndsWith("Failed", StringComparison.Ordinal));
            Assert.Equal(failed && Text(engine, "type") == "CSE", Actions(engine).Contains("Retry"));
        }

        Assert.Superset(
            new HashSet<string> { "Available", "Upgrading", "UpgradeFailed", "ModifyFailed", "Creating", "DeleteFailed", "Freezed", "Unavailable" },
            engines.Select(engine => Text(engine, "status")).ToHashSet());
    }

    [Fact]
    public async Task One_engine_has_the_documented_fields_and_agrees_with_the_list()
    {
        foreach (JsonObject item in Items(await GetAsync("?limit=100")))
        {
            JsonObject engine = await GetAsync("/" + Text(item, "id"));

            Assert.Equal(DetailFields.Order(), engine.Select(field => field.Key).Where(name => name != "dueTo").Order());
            Assert.Equal(_simulator.ProjectId, Text(engine, "projectId"));
            Assert.Equal(
                ["externalAddress", "publicAddress", "serviceEndpoint", "publicServiceEndpoint"],
                engine["externalEntrypoint"]!.AsObject().Select(field => field.Key));
            Assert.All(
                item.Where(field => engine.ContainsKey(field.Key)),
                field => Assert.True(JsonNode.DeepEquals(field.Value, engine[field.Key]), field.Key));
        }
    }

    [Fact]
    public async Task The_engines_are_the_same_for_the_same_seed_only()
    {
        await using CseSimulator twin = await CseSimulator.StartAsync();
        await using CseSimulator other = await CseSimulator.StartAsync(new SimulatorOptions { Seed = 7, Engines = 30 });

        Assert.Equal(_simulator.Engines.Select(engine => engine.Id), twin.Engines.Select(engine => engine.Id));
        Assert.Equal(_simulator.Engines.Select(engine => engine.LatestJob!.Id), twin.Engines.Select(engine => engine.LatestJob!.Id));
        Assert.Equal(2, _simulator.Engines.Select(engine => engine.Id).Intersect(other.Engines.Select(engine => engine.Id)).Count());
        Assert.Equal(32, other.Engines.Select(engine => engine.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(OffsetReading.PagesFromZero, 1, 4)]
    [InlineData(OffsetReading.PagesFromOne, 2, 4)]
    [InlineData(OffsetReading.Records, 4, 4)]
    [InlineData(OffsetReading.PagesFromOne, 1, 0)]
    public async Task Offset_and_limit_are_read_as_for_jobs(OffsetReading reading, int offset, int skipped)
    {
        await using CseSimulator simulator = await CseSimulator.StartAsync(new SimulatorOptions { OffsetReading = reading, MaxLimit = 4 });

        JsonObject page = await GetAsync($"?offset={offset}&limit=9", simulator);

        Assert.Equal(14, (int)page["total"]!);
        Assert.Equal(simulator.Engines.Skip(skipped).Take(4).Select(engine => engine.Id), Items(page).Select(engine => Text(engine, "id")));
    }

    [Fact]
    public async Task An_engine_of_another_enterprise_project_is_hidden()
    {
        _simulator.AddEngine("elsewhere", 3, enterpriseProjectId: "ep7", name: "finance");

        Assert.Equal(14, (int)(await GetAsync(""))["total"]!);
        await RefusedAsync(HttpMethod.Get, "/elsewhere", 400, "SVCSTG.00501116");
        await RefusedAsync(HttpMethod.Put, "/elsewhere/actions", 400, "SVCSTG.00501116", """{"action":"Retry"}""");
        _http.DefaultRequestHeaders.Add("X-Enterprise-Project-ID", "ep7");
        Assert.Equal(["finance"], Items(await GetAsync("")).Select(engine => Text(engine, "name")));
        Assert.Equal("ep7", Text(await GetAsync("/elsewhere"), "enterpriseProjectId"));
    }

    [Theory]
    [InlineData("ALL", 14)]
    [InlineData("CSE", 11)]
    [InlineData("Nacos", 1)]
    [InlineData("MicroGateway", 2)]
    public async Task The_type_selects_engines(string type, int count) =>
        Assert.Equal(count, (int)(await GetAsync("?type=" + type))["total"]!);

    [Theory]
    [InlineData("?type=Kafka", "SVCSTG.00501134")]
    [InlineData("?offset=-1", "SVCSTG.00500400")]
    [InlineData("?limit=0", "SVCSTG.00500400")]
    [InlineData("?name=prod", "SVCSTG.00500400")]
    [InlineData("/nowhere", "SVCSTG.00501116")]
    public async Task What_is_wrong_is_refused(string path, string code) => await RefusedAsync(HttpMethod.Get, path, 400, code);

    [Fact]
    public async Task A_job_in_progress_goes_through_its_phases_and_lists_do_not_move_it()
    {
        SimulatedEngine engine = _simulator.AddEngine("moves", 4, "progress9", name: "moves-on");
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
        SimulatedEngine engine = _simulator.AddEngine(scenario, 4, scenario, name: "fails-first");
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
        SimulatedEngine engine = _simulator.AddEngine(scenario, 4, scenario);
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
        SimulatedEngine engine = _simulator.AddEngine("returns", 4, "revive3");

        Assert.Equal(["Error", "Error", "Error", "Executing", "Executing", "Finished", "Finished"], await StatusesAsync(engine, 7));
    }

    [Fact]
    public async Task A_stuck_job_never_ends()
    {
        Assert.All(await StatusesAsync(_simulator.GetEngine("sim-jobs5-stuck"), 20), status => Assert.Equal("Executing", status));
        Assert.DoesNotContain("sim-jobs5-stuck", _simulator.Engines.Select(engine => engine.Id));
    }

    [Fact]
    public async Task A_deletion_that_is_retried_ends_with_its_engine()
    {
        SimulatedEngine engine = _simulator.Engines.Single(engine => engine.Status == "DeleteFailed");

        await RetryAsync(engine.Id, 200);

        Assert.All(await StatusesAsync(engine, 6), status => Assert.Equal("Executing", status));
        await RefusedAsync(HttpMethod.Get, "/" + engine.Id, 400, "SVCSTG.00501116");
    }

    [Theory]
    [InlineData("""{"action":"Rollback"}""", "SVCSTG.00500400")]
    [InlineData("""{"action":7}""", "SVCSTG.00500400")]
    [InlineData("{}", "SVCSTG.00500400")]
    [InlineData("Retry", "SVCSTG.00500400")]
    [InlineData("""{"action":"Retry"}""", "SVCSTG.00501134")]
    public async Task An_action_that_cannot_be_is_refused(string body, string code)
    {
        SimulatedEngine engine = _simulator.AddEngine("registry", 4, kind: EngineKind.Nacos);
        engine.AddJob("Error");

        await RefusedAsync(HttpMethod.Put, "/registry/actions", 400, code, body);
        Assert.Equal("Error", engine.LatestJob!.Status);
    }

    [Fact]
    public async Task Methods_and_callers_are_checked()
    {
        Assert.Equal(405, (await SendAsync(HttpMethod.Post, "", "{}")).Status);
        Assert.Equal(405, (await SendAsync(HttpMethod.Get, "/x/actions")).Status);
        _http.DefaultRequestHeaders.Add("X-Auth-Token", "wrong");
        Assert.Equal(401, (await SendAsync(HttpMethod.Get, "")).Status);
    }

    [Fact]
    public async Task Tests_elsewhere_can_add_engines_and_set_statuses()
    {
        JsonObject added = await ControlAsync(HttpMethod.Post, "engines", """{"name":"made-here","jobs":2,"scenarios":"progress"}""", 201);
        string id = Text(added, "id");
        long job = (long)added["jobs"]![0]!["id"]!;
        Assert.Equal("Upgrading", Text(Items(await GetAsync("?limit=100"))[^1], "status"));

        await ControlAsync(HttpMethod.Put, $"engines/{id}/jobs/{job}", """{"status":"Timeout"}""", 200);

        Assert.Equal(["Timeout", "Timeout"], await StatusesAsync(_simulator.GetEngine(id), 2));
        Assert.Equal("UpgradeFailed", Text(await GetAsync("/" + id), "status"));
        Assert.Equal(job, (long)(await RetryAsync(id, 200))["jobId"]!);
        await ControlAsync(HttpMethod.Post, $"engines/{id}/jobs", """{"status":"Error","type":"Delete"}""", 201);
        Assert.Equal(["Retry", "ForceDelete"], Actions(await GetAsync("/" + id)));
        await ControlAsync(HttpMethod.Put, $"engines/{id}/jobs/{job}", """{"status":"Sleeping"}""", 400);
        await ControlAsync(HttpMethod.Post, "engines", """{"name":"x","scenarios":"nonsense"}""", 400);
        await ControlAsync(HttpMethod.Put, $"engines/{id}/jobs/1", """{"status":"Error"}""", 404);
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

    private async Task<List<string>> StatusesAsync(SimulatedEngine engine, int calls)
    {
        var statuses = new List<string>();
        for (int i = 0; i < calls; i++)
        {
            statuses.Add(Text(await JobAsync(engine), "status"));
        }

        return statuses;
    }

    private Task<JsonObject> JobAsync(SimulatedEngine engine) => GetAsync($"/{engine.Id}/jobs/{engine.LatestJob!.Id}");

    private async Task<JsonObject> RetryAsync(string engine, int status)
    {
        (int got, JsonObject body) = await SendAsync(HttpMethod.Put, $"/{engine}/actions", """{"action":"Retry"}""");
        Assert.Equal(status, got);
        return body;
    }

    private async Task<JsonObject> GetAsync(string path, CseSimulator? simulator = null)
    {
        (int status, JsonObject body) = await SendAsync(HttpMethod.Get, path, simulator: simulator);
        Assert.True(status == (int)HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    private async Task RefusedAsync(HttpMethod method, string path, int status, string code, string? body = null)
    {
        (int got, JsonObject answer) = await SendAsync(method, path, body);
        Assert.Equal((status, code), (got, (string?)(answer["error_code"] ?? answer["errorCode"])));
    }

    private Task<(int Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null, CseSimulator? simulator = null)
    {
        simulator ??= _simulator;
        return ExchangeAsync(method, new Uri(simulator.BaseAddress, $"v2/{simulator.ProjectId}/enginemgr/engines{path}"), body);
    }

    private async Task<JsonObject> ControlAsync(HttpMethod method, string path, string body, int status)
    {
        (int got, JsonObject answer) = await ExchangeAsync(method, new Uri(_simulator.BaseAddress, "_sim/" + path), body);
        Assert.Equal(status, got);
        return answer;
    }

    private async Task<(int Status, JsonObject Body)> ExchangeAsync(HttpMethod method, Uri uri, string? body)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = new StringContent(body ?? "", Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        if (!_http.DefaultRequestHeaders.Contains("X-Auth-Token"))
        {
            request.Headers.Add("X-Auth-Token", _simulator.Token);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private static JsonObject[] Items(JsonObject list) => [.. list["data"]!.AsArray().Select(item => item!.AsObject())];

    private static JsonObject[] Tasks(JsonObject parent) => [.. parent["tasks"]!.AsArray().Select(item => item!.AsObject())];

    private static string[] Actions(JsonObject engine) => [.. engine["engineAdditionalActions"]!.AsArray().Select(action => (string)action!)];

    private static string Text(JsonObject json, string name) => (string)json[name]!;
}
