using System.Text.Json;
using System.Text.Json.Nodes;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Simulator;

/// <summary>The simulator itself: the calls about engines.</summary>
public sealed class EngineCallsTests : EngineCallsTestBase
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
            Assert.Equal(Server.ProjectId, Text(engine, "projectId"));
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

        Assert.Equal(Server.Engines.Select(engine => engine.Id), twin.Engines.Select(engine => engine.Id));
        Assert.Equal(Server.Engines.Select(engine => engine.LatestJob!.Id), twin.Engines.Select(engine => engine.LatestJob!.Id));
        Assert.Equal(2, Server.Engines.Select(engine => engine.Id).Intersect(other.Engines.Select(engine => engine.Id)).Count());
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
        Server.AddEngine("elsewhere", 3, enterpriseProjectId: "ep7", name: "finance");

        Assert.Equal(14, (int)(await GetAsync(""))["total"]!);
        await RefusedAsync(HttpMethod.Get, "/elsewhere", 400, "SVCSTG.00501116");
        await RefusedAsync(HttpMethod.Put, "/elsewhere/actions", 400, "SVCSTG.00501116", """{"action":"Retry"}""");
        Http.DefaultRequestHeaders.Add("X-Enterprise-Project-ID", "ep7");
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

    [Theory]
    [InlineData("""{"action":"Rollback"}""", "SVCSTG.00500400")]
    [InlineData("""{"action":7}""", "SVCSTG.00500400")]
    [InlineData("{}", "SVCSTG.00500400")]
    [InlineData("Retry", "SVCSTG.00500400")]
    [InlineData("""{"action":"Retry"}""", "SVCSTG.00501134")]
    public async Task An_action_that_cannot_be_is_refused(string body, string code)
    {
        SimulatedEngine engine = Server.AddEngine("registry", 4, kind: EngineKind.Nacos);
        engine.AddJob("Error");

        await RefusedAsync(HttpMethod.Put, "/registry/actions", 400, code, body);
        Assert.Equal("Error", engine.LatestJob!.Status);
    }

    [Fact]
    public async Task Methods_and_callers_are_checked()
    {
        Assert.Equal(405, (await SendAsync(HttpMethod.Post, "", "{}")).Status);
        Assert.Equal(405, (await SendAsync(HttpMethod.Get, "/x/actions")).Status);
        Http.DefaultRequestHeaders.Add("X-Auth-Token", "wrong");
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

        Assert.Equal(["Timeout", "Timeout"], await StatusesAsync(Server.GetEngine(id), 2));
        Assert.Equal("UpgradeFailed", Text(await GetAsync("/" + id), "status"));
        Assert.Equal(job, (long)(await RetryAsync(id, 200))["jobId"]!);
        await ControlAsync(HttpMethod.Post, $"engines/{id}/jobs", """{"status":"Error","type":"Delete"}""", 201);
        Assert.Equal(["Retry", "ForceDelete"], Actions(await GetAsync("/" + id)));
        await ControlAsync(HttpMethod.Put, $"engines/{id}/jobs/{job}", """{"status":"Sleeping"}""", 400);
        await ControlAsync(HttpMethod.Post, "engines", """{"name":"x","scenarios":"nonsense"}""", 400);
        await ControlAsync(HttpMethod.Put, $"engines/{id}/jobs/1", """{"status":"Error"}""", 404);
    }
}
