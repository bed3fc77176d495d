using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Simulator;

/// <summary>Asks the simulator without the client that it is there to test.</summary>
public abstract class EngineCallsTestBase : IAsyncLifetime, IDisposable
{
    protected HttpClient Http { get; } = new();

    protected CseSimulator Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await CseSimulator.StartAsync(new SimulatorOptions { MaxLimit = 100 });

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Http.Dispose();
        }
    }

    protected async Task<List<string>> StatusesAsync(SimulatedEngine engine, int calls)
    {
        var statuses = new List<string>();
        for (int i = 0; i < calls; i++)
        {
            statuses.Add(Text(await JobAsync(engine), "status"));
        }

        return statuses;
    }

    protected Task<JsonObject> JobAsync(SimulatedEngine engine) => GetAsync($"/{engine.Id}/jobs/{engine.LatestJob!.Id}");

    protected async Task<JsonObject> RetryAsync(string engine, int status)
    {
        (int got, JsonObject body) = await SendAsync(HttpMethod.Put, $"/{engine}/actions", """{"action":"Retry"}""");
        Assert.Equal(status, got);
        return body;
    }

    protected async Task<JsonObject> GetAsync(string path, CseSimulator? simulator = null)
    {
        (int status, JsonObject body) = await SendAsync(HttpMethod.Get, path, simulator: simulator);
        Assert.True(status == (int)HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    protected async Task RefusedAsync(HttpMethod method, string path, int status, string code, string? body = null)
    {
        (int got, JsonObject answer) = await SendAsync(method, path, body);
        Assert.Equal((status, code), (got, (string?)(answer["error_code"] ?? answer["errorCode"])));
    }

    protected Task<(int Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null, CseSimulator? simulator = null)
    {
        simulator ??= Server;
        return ExchangeAsync(method, new Uri(simulator.BaseAddress, $"v2/{simulator.ProjectId}/enginemgr/engines{path}"), body);
    }

    protected async Task<JsonObject> ControlAsync(HttpMethod method, string path, string body, int status)
    {
        (int got, JsonObject answer) = await ExchangeAsync(method, new Uri(Server.BaseAddress, "_sim/" + path), body);
        Assert.Equal(status, got);
        return answer;
    }

    private async Task<(int Status, JsonObject Body)> ExchangeAsync(HttpMethod method, Uri uri, string? body)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = new StringContent(body ?? "", Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        if (!Http.DefaultRequestHeaders.Contains("X-Auth-Token"))
        {
            request.Headers.Add("X-Auth-Token", Server.Token);
        }

        using HttpResponseMessage answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    protected static JsonObject[] Items(JsonObject list) => [.. list["data"]!.AsArray().Select(item => item!.AsObject())];

    protected static JsonObject[] Tasks(JsonObject parent) => [.. parent["tasks"]!.AsArray().Select(item => item!.AsObject())];

    protected static string[] Actions(JsonObject engine) => [.. engine["engineAdditionalActions"]!.AsArray().Select(action => (string)action!)];

    protected static string Text(JsonObject json, string name) => (string)json[name]!;
}
