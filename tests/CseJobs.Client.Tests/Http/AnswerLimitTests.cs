using System.Globalization;
using CseJobs.Client.Auth;
using CseJobs.Client.Paging;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>How far the client goes along with a server: pauses, sizes, ids. At each bound and just beyond it.</summary>
public sealed class AnswerLimitTests
{
    private const string Job = """{"id":1,"status":"Finished","type":"Create"}""";

    [Theory]
    [InlineData(120, 600, true)]
    [InlineData(121, 600, false)]
    [InlineData(99, 100, true)]
    [InlineData(100, 100, false)]
    public async Task A_pause_that_the_server_asks_for_is_made_up_to_two_minutes_and_within_the_time_of_the_call(int asked, int operationSeconds, bool isMade)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((number, response) => Throttled(number, response, asked.ToString(CultureInfo.InvariantCulture)));
        var clock = new TestClock();
        using var client = new CseClient(
            new CseClientOptions { Endpoint = api.Address, ProjectId = "p", MaximumRetryCount = 1, OperationTimeout = TimeSpan.FromSeconds(operationSeconds), TimeProvider = clock },
            new TokenCredential("token-of-the-tests"));

        Exception? error = await Record.ExceptionAsync(() => client.GetJobAsync("e", 1));

        Assert.Equal(!isMade, error is CseApiException { Reason: CseErrorReason.Throttled });
        Assert.Equal(isMade ? 2 : 1, api.Targets.Count);
        Assert.Equal(isMade ? [TimeSpan.FromSeconds(asked)] : [], clock.Pauses);
    }

    [Fact]
    public async Task A_moment_that_is_past_is_no_pause()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((number, response) => Throttled(number, response, "Wed, 01 Jan 2020 00:00:00 GMT"));
        using var client = new CseClient(
            new CseClientOptions { Endpoint = api.Address, ProjectId = "p", MaximumRetryCount = 1, TimeProvider = new TestClock() }, new TokenCredential("token-of-the-tests"));
        var recorder = new Recorder();

        Assert.Equal(1, (await client.GetJobAsync("e", 1, recorder)).Id);

        Assert.Equal(TimeSpan.Zero, Assert.Single(recorder.Waits).Delay);
    }

    [Theory]
    [InlineData("X-Request-Id: A, X-IAM-Trace-Id: B", """{"request_id":"C"}""", "A")]
    [InlineData("X-IAM-Trace-Id: B", """{"request_id":"C"}""", "B")]
    [InlineData("", """{"request_id":"C"}""", "C")]
    [InlineData("", """{"requestId":"C"}""", "C")]
    [InlineData("", "{}", null)]
    public async Task The_id_of_a_request_comes_from_either_header_else_from_the_body(string headers, string body, string? expected)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, response) =>
        {
            foreach (string[] header in headers.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(": ")))
            {
                response.Headers[header[0]] = header[1];
            }

            return (400, body);
        });
        using CseClient client = api.Connect();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(expected, error.RequestId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_may_be_just_as_large_as_is_allowed(bool isLengthTold)
    {
        const int Length = 40_000;
        string body = Job.Replace("}", ",\"description\":\"", StringComparison.Ordinal);
        body = body + new string('x', Length - body.Length - 2) + "\"}";
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, response) =>
        {
            response.ContentLength = isLengthTold ? Length : null;
            return (200, body);
        });
        using CseClient allows = Connect(Length);
        using CseClient refuses = Connect(Length - 1);

        EngineJob job = await allows.GetJobAsync("e", 1);
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => refuses.GetJobAsync("e", 1));

        Assert.Equal((1L, CseErrorReason.MalformedResponse), (job.Id, error.Reason));

        CseClient Connect(int maxBytes) => new(
            new CseClientOptions { Endpoint = api.Address, ProjectId = "p", MaximumRetryCount = 0, MaxResponseBytes = maxBytes }, new TokenCredential("token-of-the-tests"));
    }

    [Fact]
    public async Task A_time_before_1970_is_sent_as_the_earliest_there_is()
    {
        // More jobs than came, so that the window is needed.
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => """{"total":9,"data":[{"id":1,"status":"Finished","startTime":1000,"endTime":2000}]}""");
        using CseClient client = api.Connect();
        var query = new JobQuery { From = DateTimeOffset.UnixEpoch.AddDays(-1), To = DateTimeOffset.UnixEpoch.AddMilliseconds(-1) };
        using Pager<EngineJob> pager = client.ListJobs("e", query);

        await pager.NextAsync();

        Assert.EndsWith("&from-time=0&to-time=0", api.Targets[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u202a\u202b\u202c\u202d\u202e", "\ufffd\ufffd\ufffd\ufffd\ufffd")]
    [InlineData("\u2066\u2067\u2068\u2069", "\ufffd\ufffd\ufffd\ufffd")]
    [InlineData("\u2029|\u202f|\u2065|\u206a", "\u2029|\u202f|\u2065|\u206a")]
    public async Task What_turns_the_direction_of_a_line_is_made_visible_and_nothing_beside_it(string sent, string shown)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => Job.Replace("}", $",\"description\":\"a{sent}b\"}}", StringComparison.Ordinal));
        using CseClient client = api.Connect();

        Assert.Equal($"a{shown}b", (await client.GetJobAsync("e", 1)).Description);
    }

    private static (int Status, string Body) Throttled(int number, HttpResponse response, string retryAfter)
    {
        response.Headers.RetryAfter = retryAfter;
        return number == 1 ? (429, "{}") : (200, Job);
    }
}
