using System.Text;
using System.Text.Json;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Engines;

/// <summary>What becomes of the documents' two forms of an engine, field for field.</summary>
public sealed class EngineReadingTests
{
    // The fields of the vendor's example, with the tables' other fields filled in.
    private const string Common = """
        "id":"891bf21a-4024-4f47-b38c-bd259ca8f10a","name":"test","description":"d","status":"Available","type":"CSE","specType":"CSE2",
        "flavor":"cse.s1.medium2","version":"2.4.0","latestVersion":"2.4.1","authType":"NONE","payment":"1","enterpriseProjectId":"0",
        "enterpriseProjectName":"default","createTime":1635576800332,"dueTo":1735576800000,"latestJobId":12339,"engineAdditionalActions":["Noting","Retry"]
        """;

    private const string Addresses = """
        "externalAddress":"192.168.0.7","publicAddress":"203.0.113.9",
        "serviceEndpoint":{"serviceCenter":{"masterEntrypoint":"https://192.168.0.7:30100","type":"REGISTRY"}},
        "publicServiceEndpoint":{"serviceCenter":{"masterEntrypoint":"https://203.0.113.9:30100"}}
        """;

    private const string Reference = """ "reference":{"vpc":"v","azList":["a","b"],"serviceLimit":"200"} """;

    [Fact]
    public void An_item_of_the_list_is_read_field_for_field()
    {
        string item = "{" + Common + ",\"totalInstance\":200,\"usedInstance\":23,\"availableInstance\":177," + Addresses + "," + Reference + "}";
        foreach (string list in new[] { $"{{\"total\":1,\"data\":[{item}]}}", $"[{{\"total\":1,\"data\":[{item}]}}]", $"{{\"OK\":[{{\"data\":[{item},null],\"total\":\"1\"}}]}}" })
        {
            ListAnswer<Engine> page = EngineReader.ReadPage(Encoding.UTF8.GetBytes(list), new TextPool());

            Engine engine = Assert.Single(page.Data);
            Assert.Equal(1, page.Total);
            CheckCommon(engine);
            Assert.Equal((200, 23, 177), (engine.TotalInstance, engine.UsedInstance, engine.AvailableInstance));
            Assert.Equal((null, null, null), (engine.CreateUser, engine.ProjectId, engine.BeDefault));
            Assert.Empty(engine.AdditionalProperties);
        }
    }

    [Fact]
    public void A_detail_is_read_field_for_field()
    {
        Engine engine = Read("{" + Common + """
            ,"beDefault":true,"createUser":"jane","projectId":"p1","vmIds":["vm1","vm2"],"tags":{"team":"orders"},
            "cceSpec":{"id":7,"clusterId":"c1","clusterNodes":{"clusterNodes":[{"id":"n1"}]}},
            """ + "\"externalEntrypoint\":{" + Addresses + "}," + Reference + "}");

        CheckCommon(engine);
        Assert.Equal(("jane", "p1", true), (engine.CreateUser, engine.ProjectId, engine.BeDefault));
        Assert.Equal(["vm1", "vm2"], engine.VmIds);
        Assert.Equal("orders", engine.Tags["team"]);
        Assert.Equal(("c1", 7L), (engine.CceSpec["clusterId"], engine.CceSpec["id"]));
        Assert.Equal((null, null, null), (engine.TotalInstance, engine.UsedInstance, engine.AvailableInstance));
        Assert.Empty(engine.AdditionalProperties);
    }

    [Fact]
    public void Fields_that_nobody_documents_are_kept()
    {
        Engine engine = Read("""{"id":"e","grade":7,"extra":{"a":[1]},"tags":["odd"],"dueTo":"soon"}""");

        Assert.Equal(["dueTo", "extra", "grade", "tags"], engine.AdditionalProperties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((7L, "soon"), (engine.AdditionalProperties["grade"], engine.AdditionalProperties["dueTo"]));
        Assert.Empty(engine.Tags);
        Assert.Null(engine.DueTo);
    }

    [Theory]
    [InlineData("""{"id":"e","name":"orders","type":"CSE","externalEntrypoint":{"name":"entry","type":"ELB","id":"x","publicAddress":"203.0.113.9","tags":{"a":1}}}""")]
    [InlineData("""{"externalEntrypoint":{"name":"entry","type":"ELB","id":"x","publicAddress":"203.0.113.9","tags":{"a":1}},"id":"e","name":"orders","type":"CSE"}""")]
    public void What_else_stands_in_the_entrypoint_is_not_the_engines_own(string json)
    {
        Engine engine = Read(json);

        Assert.Equal(("e", "orders", "CSE", "203.0.113.9"), (engine.Id, engine.Name, engine.Type, engine.PublicAddress));
        Assert.Empty(engine.Tags);
        var entrypoint = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(Assert.Single(engine.AdditionalProperties).Value);
        Assert.Equal(["id", "name", "tags", "type"], entrypoint.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("ELB", entrypoint["type"]);
    }

    [Theory]
    [InlineData("""{"id":"e","latestJobId":0,"createTime":0,"dueTo":null,"engineAdditionalActions":null,"status":null,"payment":null}""")]
    [InlineData("""{"id":"e","latestJobId":null,"createTime":"","reference":null,"tags":null,"vmIds":null,"externalEntrypoint":null}""")]
    [InlineData("""{"id":"e"}""")]
    public void What_is_not_told_is_null_or_empty(string json)
    {
        Engine engine = Read(json);

        Assert.Equal((null, null, null, null, null), (engine.LatestJobId, engine.CreateTime, engine.DueTo, engine.Status, engine.Payment));
        Assert.Empty(engine.EngineAdditionalActions);
        Assert.Empty(engine.VmIds);
        Assert.Empty(engine.Reference);
        Assert.Empty(engine.AdditionalProperties);
    }

    [Theory]
    [InlineData("""{"ID":"e","LatestJobID":"12339","payment":1,"dueTo":"2024-12-30T16:40:00Z","engineAdditionalActions":"Retry","beDefault":"true"}""")]
    [InlineData("""{"id":"e","latestJobId":12339.0,"payment":"1","dueTo":"1735576800000","engineAdditionalActions":["Retry"],"beDefault":1}""")]
    public void Other_spellings_of_values_are_understood(string json)
    {
        Engine engine = Read(json);

        Assert.Equal(("e", 12339L, "1", true), (engine.Id, engine.LatestJobId, engine.Payment, engine.BeDefault));
        Assert.Equal(1735576800000, new DateTimeOffset(engine.DueTo!.Value).ToUnixTimeMilliseconds());
        Assert.Equal(["Retry"], engine.EngineAdditionalActions);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"e" """)]
    public void What_is_no_engine_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Theory]
    [InlineData("""{"id":"e","name":"n","jobId":17655}""", 17655L)]
    [InlineData("""{"id":"e","name":"n","job_id":"17655"}""", 17655L)]
    [InlineData("""{"id":"e","name":"n"}""", null)]
    [InlineData("""{"id":"e","jobId":null}""", null)]
    public void The_answer_of_an_action_names_the_job(string json, long? job) => Assert.Equal(job, EngineReader.ReadStartedJob(Encoding.UTF8.GetBytes(json)).Job);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"error_code":"SVCSTG.00501116","error_msg":"x"}""")]
    public void An_answer_that_names_nothing_is_no_answer_of_an_action(string json) =>
        Assert.Throws<JsonException>(() => EngineReader.ReadStartedJob(Encoding.UTF8.GetBytes(json)));

    private static void CheckCommon(Engine engine)
    {
        Assert.Equal("891bf21a-4024-4f47-b38c-bd259ca8f10a", engine.Id);
        Assert.Equal(engine.Id, engine.EngineId);
        Assert.Equal(("test", "d", "Available", "CSE", "CSE2"), (engine.Name, engine.Description, engine.Status, engine.Type, engine.SpecType));
        Assert.Equal(("cse.s1.medium2", "2.4.0", "2.4.1", "NONE", "1"), (engine.Flavor, engine.Version, engine.LatestVersion, engine.AuthType, engine.Payment));
        Assert.Equal(("0", "default", 12339L), (engine.EnterpriseProjectId, engine.EnterpriseProjectName, engine.LatestJobId));
        Assert.Equal(DateTimeKind.Local, engine.CreateTime!.Value.Kind);
        Assert.Equal(1635576800332, new DateTimeOffset(engine.CreateTime.Value).ToUnixTimeMilliseconds());
        Assert.Equal(1735576800000, new DateTimeOffset(engine.DueTo!.Value).ToUnixTimeMilliseconds());
        Assert.Equal(["Noting", "Retry"], engine.EngineAdditionalActions);
        Assert.Equal(("192.168.0.7", "203.0.113.9"), (engine.ExternalAddress, engine.PublicAddress));
        Assert.Equal("serviceCenter", Assert.Single(engine.ServiceEndpoint.Keys));
        Assert.Equal("serviceCenter", Assert.Single(engine.PublicServiceEndpoint.Keys));
        Assert.Equal("v", engine.Reference["vpc"]);
        Assert.Equal("test Available", engine.ToString());
    }

    private static Engine Read(string json) => EngineReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool());
}
