using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Engines;

/// <summary>The action that retries a job: what is sent, how it is withKey, and that it is not sent twice.</summary>
public sealed class RetryJobTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_action_is_sent_as_documented_with_a_token_and_signed(bool withKey)
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine($"retry-{withKey}", 3);
        SimulatedJob job = engine.AddJob("Error");
        using CseClient client = withKey ? await SignedAsync() : fixture.Connect();

        Assert.Equal(job.Id, await client.RetryJobAsync(engine.Id));

        RecordedRequest request = Assert.Single(fixture.RequestsFor(engine.Id));
        Assert.Equal(("PUT", $"/v2/{fixture.Simulator.ProjectId}/enginemgr/engines/{engine.Id}/actions", ""), (request.Method, request.Path, request.RawQuery));
        Assert.Equal("""{"action":"Retry"}""", request.Body);
        Assert.Equal("application/json;charset=UTF-8", request.Headers["Content-Type"]);
        Assert.Equal(withKey, request.Headers.ContainsKey("Authorization"));
        Assert.NotEqual("Error", engine.LatestJob!.Status);
    }

    [Theory]
    [InlineData("flaky500", CseErrorReason.ServerError)]
    [InlineData("flaky502", CseErrorReason.ServerError)]
    [InlineData("flaky503", CseErrorReason.ServerError)]
    [InlineData("flaky504", CseErrorReason.ServerError)]
    [InlineData("flaky408", CseErrorReason.TimeoutReached)]
    [InlineData("reset1", CseErrorReason.ConnectionFailed)]
    [InlineData("cut1", CseErrorReason.ConnectionFailed)]
    [InlineData("truncated1", CseErrorReason.MalformedResponse)]
    [InlineData("slowheaders1", CseErrorReason.TimeoutReached)]
    public async Task It_is_not_sent_again_when_it_may_have_taken_effect(string scenario, CseErrorReason reason)
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("once-" + scenario, 3, scenario);
        engine.AddJob("Error");
        var recorder = new Recorder();
        using CseClient client = fixture.Connect(timeout: TimeSpan.FromSeconds(scenario == "slowheaders1" ? 1 : 60));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.RetryJobAsync(engine.Id, recorder));

        Assert.Equal((reason, 0, engine.Id), (error.Reason, error.Retries, error.EngineId));
        Assert.EndsWith(" It was not sent again, since it may have taken effect all the same.", error.Message, StringComparison.Ordinal);
        Assert.Single(recorder.Requests);
        Assert.Single(fixture.RequestsFor(engine.Id));
        Assert.Empty(recorder.Waits);
    }

    [Theory]
    [InlineData("accepted201", true)]
    [InlineData("accepted202", true)]
    [InlineData("accepted204", false)]
    [InlineData("emptybody", false)]
    public async Task Any_success_means_that_it_was_accepted_and_an_empty_one_names_no_job(string scenario, bool namesJob)
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("any-" + scenario, 3, scenario);
        SimulatedJob job = engine.AddJob("Error");
        using CseClient client = fixture.Connect();

        Assert.Equal(namesJob ? job.Id : null, await client.RetryJobAsync(engine.Id));
    }

    [Fact]
    public async Task A_reset_on_a_connection_that_was_used_before_does_not_send_it_again_either()
    {
        // HttpClient repeats requests by itself on connections from its pool that turn out to be closed, but not those with a body.
        SimulatedEngine engine = fixture.Simulator.AddEngine("once-reused", 3, "failonce2");
        engine.AddJob("Error");
        using CseClient client = fixture.Connect();
        await client.GetEngineAsync(engine.Id);

        await Assert.ThrowsAsync<CseApiException>(() => client.RetryJobAsync(engine.Id));

        Assert.Single(fixture.Simulator.Requests, request => request.Method == "PUT" && request.Path.Contains("once-reused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_sent_again_when_it_was_refused_for_now()
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("again-throttled", 3, "throttled2");
        SimulatedJob job = engine.AddJob("Error");
        var recorder = new Recorder();
        using CseClient client = fixture.Connect();

        Assert.Equal(job.Id, await client.RetryJobAsync(engine.Id, recorder));

        Assert.Equal((3, 2), (recorder.Requests.Count, recorder.Waits.Count));
        Assert.All(fixture.RequestsFor(engine.Id), request => Assert.Equal("""{"action":"Retry"}""", request.Body));
    }

    [Fact]
    public async Task It_is_sent_again_when_the_connection_was_refused()
    {
        var recorder = new Recorder();
        using var client = new CseClient(
            new CseClientOptions { Endpoint = new Uri("http://127.0.0.1:1"), ProjectId = "p", TimeProvider = new TestClock() }, new TokenCredential("t"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.RetryJobAsync("e", recorder));

        Assert.Equal((CseErrorReason.ConnectionFailed, 4, 5), (error.Reason, error.Retries, recorder.Requests.Count));
        Assert.DoesNotContain("taken effect", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error500", CseErrorReason.ServerError)]
    [InlineData("missing401", CseErrorReason.EngineNotFound)]
    [InlineData("errorcode200", CseErrorReason.RequestRejected)]
    [InlineData("forbidden", CseErrorReason.PermissionDenied)]
    public async Task A_refusal_says_why(string scenario, CseErrorReason reason)
    {
        using CseClient client = fixture.Connect();
        string engine = $"sim-jobs3-{scenario}";

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.RetryJobAsync(engine));

        Assert.Equal((reason, "PUT", engine), (error.Reason, error.Method, error.EngineId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task An_engine_id_that_cannot_be_right_is_never_sent(string id)
    {
        using CseClient client = fixture.Connect();
        int before = fixture.Simulator.Requests.Count;

        await Assert.ThrowsAsync<ArgumentException>(() => client.RetryJobAsync(id));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetEngineAsync(id));

        Assert.Equal(before, fixture.Simulator.Requests.Count);
    }

    [Fact]
    public async Task A_detail_agrees_with_the_list()
    {
        SimulatedEngine engine = fixture.Simulator.AddEngine("both-ways", 3, name: "both-ways");
        using CseClient client = fixture.Connect();
        using Pager<Engine> pager = client.ListEngines();
        Engine item = (await pager.NextAsync())!.Items.Single(item => item.Id == engine.Id);

        Engine detail = await client.GetEngineAsync(engine.Id);

        Assert.Equal((item.Name, item.Status, item.Version, item.LatestJobId, item.ExternalAddress), (detail.Name, detail.Status, detail.Version, detail.LatestJobId, detail.ExternalAddress));
        Assert.Equal(engine.LatestJob!.Id, detail.LatestJobId);
        Assert.Equal(fixture.Simulator.ProjectId, detail.ProjectId);
        Assert.NotNull(item.TotalInstance);
        Assert.Empty(item.AdditionalProperties);
        Assert.Empty(detail.AdditionalProperties);
    }

    private async Task<CseClient> SignedAsync()
    {
        SignInResult result = await SignIn.WithAccessKeyAsync(
            new SignInOptions { Endpoint = fixture.Simulator.BaseAddress, IamEndpoint = fixture.Simulator.BaseAddress, ProjectId = fixture.Simulator.ProjectId },
            "AKACCOUNTA0000000001",
            new System.Net.NetworkCredential(string.Empty, "SKACCOUNTA00000000000000000000000000001A").SecurePassword,
            null,
            null,
            default);
        return result.Client;
    }
}
