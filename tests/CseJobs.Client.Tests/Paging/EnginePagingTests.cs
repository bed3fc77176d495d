using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;
using Reading = CseJobs.Simulator.OffsetReading;

namespace CseJobs.Client.Tests.Paging;

/// <summary>The list of engines under every reading of offset: each engine once, in order.</summary>
public sealed class EnginePagingTests
{
    public static TheoryData<Reading, int> Servers()
    {
        var data = new TheoryData<Reading, int>();
        foreach (Reading reading in Enum.GetValues<Reading>())
        {
            data.Add(reading, 1000);
            data.Add(reading, 3);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Every_reading_of_offset_gives_each_engine_once_and_in_order(Reading reading, int maxLimit)
    {
        await using CseSimulator simulator = await CseSimulator.StartAsync(new SimulatorOptions { Engines = 24, OffsetReading = reading, MaxLimit = maxLimit });
        using CseClient client = Connect(simulator);
        string[] expected = simulator.Engines.Select(engine => engine.Id).ToArray();
        foreach (int pageSize in new[] { 1, 2, 3, 7, 24, 25, 100 })
        {
            int before = simulator.Requests.Count;
            using Pager<Engine> pager = client.ListEngines(new EngineQuery { PageSize = pageSize });

            List<Engine> engines = await ListAllAsync(pager);

            Assert.Equal(expected, engines.Select(engine => engine.Id));
            Assert.Equal((expected.Length, 0), (pager.Total, pager.Missing));
            int granted = Math.Min(pageSize, maxLimit);
            int pages = (expected.Length + granted - 1) / granted;
            Assert.InRange(simulator.Requests.Count - before, pages, pages + 1);
        }
    }

    [Theory]
    [InlineData(null, "offset=0&limit=100")]
    [InlineData("nacos", "offset=0&limit=100&type=Nacos")]
    [InlineData("ALL", "offset=0&limit=100&type=ALL")]
    [InlineData("MICROGATEWAY", "offset=0&limit=100&type=MicroGateway")]
    public async Task The_kind_is_sent_as_the_documents_spell_it(string? type, string query)
    {
        await using CseSimulator simulator = await CseSimulator.StartAsync();
        using CseClient client = Connect(simulator);
        using Pager<Engine> pager = client.ListEngines(new EngineQuery { Type = type });

        Assert.NotEmpty(await ListAllAsync(pager));

        RecordedRequest request = Assert.Single(simulator.Requests);
        Assert.Equal(("GET", $"/v2/{simulator.ProjectId}/enginemgr/engines", query), (request.Method, request.Path, request.RawQuery));
    }

    [Fact]
    public void A_query_that_cannot_be_right_is_refused_before_anything_is_sent()
    {
        using var client = new CseClient(new CseClientOptions { Endpoint = new Uri("http://127.0.0.1:1"), ProjectId = "p" }, new TokenCredential("t"));

        Assert.Throws<ArgumentException>(() => client.ListEngines(new EngineQuery { Type = "Kafka" }));
        Assert.Throws<ArgumentException>(() => client.ListEngines(new EngineQuery { PageSize = 0 }));
    }

    private static async Task<List<Engine>> ListAllAsync(Pager<Engine> pager)
    {
        var engines = new List<Engine>();
        while (await pager.NextAsync() is { } page)
        {
            engines.AddRange(page.Items);
        }

        return engines;
    }

    private static CseClient Connect(CseSimulator simulator) => new(
        new CseClientOptions { Endpoint = simulator.BaseAddress, ProjectId = simulator.ProjectId, MaximumRetryCount = 0 }, new TokenCredential(simulator.Token));
}
