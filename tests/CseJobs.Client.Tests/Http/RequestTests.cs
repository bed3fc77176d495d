using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using CseJobs.Client.Paging;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>What is really sent, from the simulator's record, and what becomes of what it answers.</summary>
public sealed class RequestTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task The_list_call_is_sent_as_documented()
    {
        await fixture.ListIdsAsync("sim-jobs6");

        RecordedRequest request = Assert.Single(fixture.RequestsFor("sim-jobs6"));
        Assert.Equal(("GET", $"/v2/{fixture.Simulator.ProjectId}/enginemgr/engines/sim-jobs6/jobs", "offset=0&limit=100", ""), (request.Method, request.Path, request.RawQuery, request.Body));
        AssertHeaders(request);
    }

    [Fact]
    public async Task The_detail_call_is_sent_as_documented()
    {
        using CseClient client = fixture.Connect();

        EngineJob job = await client.GetJobAsync(CseSimulator.SeedEngineId, 12339);

        RecordedRequest request = Assert.Single(fixture.RequestsFor(CseSimulator.SeedEngineId));
        Assert.Equal(("GET", $"/v2/{fixture.Simulator.ProjectId}/enginemgr/engines/{CseSimulator.SeedEngineId}/jobs/12339", ""), (request.Method, request.Path, request.RawQuery));
        AssertHeaders(request);
        Assert.Equal("resourcePrepare", job.Phases[0].TaskName);
    }

    [Fact]
    public async Task The_enterprise_project_is_sent_when_it_is_set_and_only_then()
    {
        using CseClient client = fixture.Connect(enterpriseProjectId: "ep7");
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs4-epep7");

        Assert.Equal(4, (await SimulatorFixture.ListAllAsync(pager)).Count);

        Assert.Equal("ep7", fixture.RequestsFor("sim-jobs4-epep7")[0].Headers["X-Enterprise-Project-ID"]);
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => fixture.ListIdsAsync("sim-jobs4-epep7"));
        Assert.Equal(CseErrorReason.EngineNotFound, error.Reason);
    }

    [Theory]
    [InlineData("zürich-1", "z%C3%BCrich-1")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("a&b=c#d", "a%26b%3Dc%23d")]
    [InlineData("a+b:c@d;e,f'g!(h)$", "a%2Bb%3Ac%40d%3Be%2Cf%27g%21%28h%29%24")]
    [InlineData("...", "...")]
    [InlineData("🚀", "%F0%9F%9A%80")]
    public async Task An_unusual_engine_id_stays_in_its_path_segment(string id, string encoded)
    {
        using CseClient client = fixture.Connect();

        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(id, 1));

        Assert.Equal($"/v2/{fixture.Simulator.ProjectId}/enginemgr/engines/{encoded}/jobs/1", fixture.Simulator.Requests[^1].Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("..\\x")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("prod-*")]
    [InlineData("prod-?")]
    [InlineData("[ab]")]
    [InlineData("a b")]
    [InlineData("\u001b[31m")]
    public async Task An_engine_id_that_cannot_be_one_is_refused_before_sending(string id)
    {
        using CseClient client = fixture.Connect();
        int before = fixture.Simulator.Requests.Count;

        await Assert.ThrowsAsync<ArgumentException>(() => client.GetJobAsync(id, 1));
        ArgumentException error = Assert.Throws<ArgumentException>(() => client.ListJobs(id));

        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.DoesNotContain("Parameter", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Simulator.Requests.Count);
    }

    [Fact]
    public void Half_a_character_and_an_endless_id_are_refused()
    {
        using CseClient client = fixture.Connect();

        Assert.Throws<ArgumentException>(() => client.ListJobs("a\ud83d"));
        Assert.Throws<ArgumentException>(() => client.ListJobs(new string('a', 257)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("p\r\nX: y")]
    public void A_project_id_that_cannot_be_one_is_refused(string id) => Assert.Throws<ArgumentException>(() => Make(projectId: id));

    [Fact]
    public void A_project_id_has_64_characters_at_most()
    {
        Make(projectId: new string('p', 64)).Dispose();
        Assert.Throws<ArgumentException>(() => Make(projectId: new string('p', 65)));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("é")]
    public void An_enterprise_project_id_that_cannot_stand_in_a_header_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => Make(enterpriseProjectId: id));

    [Theory]
    [InlineData("http://cse.example.com")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://localhost.example.com/")]
    public void Plain_http_is_refused_unless_the_caller_insists(string endpoint)
    {
        CseOptionsException error = Assert.Throws<CseOptionsException>(() => Make(endpoint));
        Assert.Equal(CseOptionsProblem.EndpointNotEncrypted, error.Problem);

        Make(endpoint, insist: true).Dispose();
    }

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.2")]
    [InlineData("http://[::1]:1")]
    [InlineData("https://cse.example.com/prefix/")]
    public void Https_and_loopback_are_taken(string endpoint) => Make(endpoint).Dispose();

    [Theory]
    [InlineData("ftp://cse.example.com")]
    [InlineData("https://user:secret@cse.example.com")]
    [InlineData("https://cse.example.com/?a=1")]
    [InlineData("https://cse.example.com/#a")]
    public void An_endpoint_that_is_no_base_address_is_refused(string endpoint)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Make(endpoint));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_in_the_endpoint_is_kept()
    {
        using var client = new CseClient(
            new CseClientOptions { Endpoint = new Uri(fixture.Simulator.BaseAddress, "gateway/cse/"), ProjectId = "p" }, new TokenCredential("t0ken"));

        await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal("/gateway/cse/v2/p/enginemgr/engines/e/jobs/1", fixture.Simulator.Requests[^1].Path);
    }

    [Theory]
    [InlineData("sim-error500", CseErrorReason.ServerError, 500)]
    [InlineData("sim-unauthorized", CseErrorReason.AuthenticationFailed, 401)]
    [InlineData("sim-forbidden", CseErrorReason.PermissionDenied, 403)]
    [InlineData("sim-throttled", CseErrorReason.Throttled, 429)]
    [InlineData("sim-missing401", CseErrorReason.EngineNotFound, 401)]
    [InlineData("sim-redirect", CseErrorReason.RedirectRefused, 302)]
    [InlineData("sim-html", CseErrorReason.ServerError, 502)]
    [InlineData("sim-notjson", CseErrorReason.MalformedResponse, 200)]
    [InlineData("sim-emptybody", CseErrorReason.MalformedResponse, 200)]
    [InlineData("unknown-engine", CseErrorReason.EngineNotFound, 400)]
    public async Task A_failure_says_why(string engine, CseErrorReason reason, int status)
    {
        using CseClient client = fixture.Connect();

        CseApiException list = await Assert.ThrowsAsync<CseApiException>(() => fixture.ListIdsAsync(engine));
        CseApiException detail = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync(engine, 77));

        Assert.Equal((reason, status, engine, null), (list.Reason, list.StatusCode, list.EngineId, list.JobId));
        Assert.Equal((reason, status, engine, 77L), (detail.Reason, detail.StatusCode, detail.EngineId, detail.JobId));
        Assert.False(string.IsNullOrEmpty(list.RequestId));
        Assert.Equal("GET", list.Method);
        Assert.StartsWith("/v2/", list.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_does_not_exist_and_a_wrong_token_say_so()
    {
        using CseClient client = fixture.Connect();
        using CseClient stranger = fixture.Connect(token: "wrong-token-9f8e7d");

        Assert.Equal(CseErrorReason.JobNotFound, (await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("sim-jobs5", 999_999_999))).Reason);
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => stranger.GetJobAsync("sim-jobs5", 1));
        Assert.Equal((CseErrorReason.AuthenticationFailed, "APIGW.0301"), (error.Reason, error.Code));
    }

    [Fact]
    public async Task A_server_that_repeats_the_token_does_not_get_it_printed()
    {
        const string Planted = "planted-token-5d1c0b";
        using CseClient client = fixture.Connect(token: Planted);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("sim-echo", 1));

        Assert.Contains("[hidden]", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, error + error.ServerMessage + error.Detail + error.Code + error.RequestId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => fixture.ListIdsAsync("sim-redirect"));

        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.All(fixture.RequestsFor("sim-redirect"), request => Assert.StartsWith("/v2/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timeout_is_told_from_a_cancellation()
    {
        using CseClient impatient = fixture.Connect(timeout: TimeSpan.FromMilliseconds(50));
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => impatient.GetJobAsync("sim-latency60000", 1));
        Assert.Equal(CseErrorReason.TimeoutReached, error.Reason);

        using CseClient client = fixture.Connect();
        using var cancel = new CancellationTokenSource();
        Task<EngineJob> call = client.GetJobAsync("sim-latency60000", 1, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task No_listener_is_a_failed_connection()
    {
        using var client = new CseClient(new CseClientOptions { Endpoint = new Uri("http://127.0.0.1:1"), ProjectId = "p", TimeProvider = new TestClock() }, new TokenCredential("t0ken"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal((CseErrorReason.ConnectionFailed, null), (error.Reason, error.StatusCode));
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_not_read()
    {
        using CseClient client = fixture.Connect(maxBytes: 2000);
        using Pager<EngineJob> pager = client.ListJobs("sim-jobs200");

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => pager.NextAsync());

        Assert.Equal(CseErrorReason.MalformedResponse, error.Reason);
    }

    [Fact]
    public async Task Every_request_is_traced_with_its_figures_and_without_a_header()
    {
        var recorder = new Recorder();
        await fixture.ListIdsAsync("sim-jobs30-pages1-max20", observer: recorder);
        IReadOnlyList<RequestTrace> traces = recorder.Requests;

        Assert.Equal(3, traces.Count);
        Assert.All(traces, trace => Assert.Equal((200, null), (trace.StatusCode, trace.Failure)));
        Assert.All(traces, trace => Assert.True(trace.Bytes > 1000));
        Assert.Matches(
            @"^GET /v2/[0-9a-f]{32}/enginemgr/engines/sim-jobs30-pages1-max20/jobs\?offset=0&limit=100 -> 200 in \d+ ms, [\d,]+ bytes, request id \S+$",
            traces[0].ToString());
        Assert.DoesNotContain(fixture.Simulator.Token, string.Join('\n', traces), StringComparison.Ordinal);
    }

    private static CseClient Make(string endpoint = "https://cse.example.com", string projectId = "p", string? enterpriseProjectId = null, bool insist = false) => new(
        new CseClientOptions
        {
            Endpoint = new Uri(endpoint),
            ProjectId = projectId,
            EnterpriseProjectId = enterpriseProjectId,
            AllowUnencryptedAuthentication = insist,
        },
        new TokenCredential("t0ken"));

    private void AssertHeaders(RecordedRequest request)
    {
        Assert.Equal(fixture.Simulator.Token, request.Headers["X-Auth-Token"]);
        Assert.Equal("application/json;charset=UTF-8", request.Headers["Content-Type"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Equal(
            new[] { "Accept", "Accept-Encoding", "Content-Length", "Content-Type", "Host", "X-Auth-Token" },
            request.Headers.Keys.Order(StringComparer.Ordinal));
    }
}
