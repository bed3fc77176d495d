using System.Text;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>One request and its answer: whatever goes wrong is told in the client's terms.</summary>
public sealed class PipelineTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task What_nobody_thought_of_is_an_unexpected_error_without_secrets()
    {
        using RequestPipeline pipeline = Make(new Handler(() => throw new InvalidOperationException("not with t0ken")));
        var recorder = new Recorder();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => pipeline.SendAsync(new ApiCall("/x"), _ => 0, recorder, default));

        Assert.Equal((CseErrorReason.UnexpectedError, "GET", "/x", null), (error.Reason, error.Method, error.Path, error.StatusCode));
        Assert.Contains("InvalidOperationException", error.Message, StringComparison.Ordinal);
        Assert.Contains("[hidden]", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", error.Message, StringComparison.Ordinal);
        Assert.Equal("UnexpectedError", Assert.Single(recorder.Requests).Failure);
    }

    [Fact]
    public async Task What_an_observer_throws_is_not_taken_for_a_failed_request()
    {
        using RequestPipeline pipeline = Make(new Handler(() => new HttpResponseMessage()));
        var angry = new Angry();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => pipeline.SendAsync(new ApiCall("/x"), _ => 0, angry, default));

        Assert.Null(Assert.Single(angry.Told).Failure);
    }

    [Fact]
    public async Task Disposing_it_ends_a_call_whose_answer_stops_half_way()
    {
        using var body = new StalledBody();
        using RequestPipeline pipeline = Make(new Handler(() => new HttpResponseMessage { Content = new StreamContent(body) }));
        Task<int> call = pipeline.SendAsync(new ApiCall("/x"), _ => 0, null, default);
        await body.IsRead.WaitAsync(TimeSpan.FromSeconds(30));

        pipeline.Dispose();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(CseErrorReason.SessionClosed, error.Reason);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("x-no-such-charset")]
    [InlineData("''")]
    public void A_charset_that_cannot_be_read_counts_as_utf8(string charset)
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"é":"升级"}""");

        Assert.Equal(body, BodyText.ToUtf8(new ArraySegment<byte>(body), charset).ToArray());
    }

    [Fact]
    public async Task A_success_that_brings_nothing_is_not_called_a_refusal()
    {
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => fixture.ListIdsAsync("sim-nocontent"));

        Assert.Equal(CseErrorReason.MalformedResponse, error.Reason);
        Assert.StartsWith("The server answered without what was asked for. (HTTP 204)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_failure_of_a_call_that_is_spared_names_its_own_job_and_leaves_the_first_as_it_is()
    {
        CseApiException first = await Assert.ThrowsAsync<CseApiException>(() => fixture.Connect(token: "wrong-token-9f8e7d").GetJobAsync("sim-jobs5", 1));

        CseApiException spared = first.About("other", 2);

        Assert.Equal(("sim-jobs5", 1L, "other", 2L), (first.EngineId, first.JobId, spared.EngineId, spared.JobId));
        Assert.Equal((first.Reason, first.Message, first.Code, first.RequestId), (spared.Reason, spared.Message, spared.Code, spared.RequestId));
    }

    private static RequestPipeline Make(HttpMessageHandler handler)
    {
        var options = new CseClientOptions { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p", TimeProvider = new TestClock() };
        return new RequestPipeline("https://cse.example.com", options, new TokenCredential("t0ken"), new CseService(options, namesProject: false), handler);
    }

    private sealed class Handler(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }

    private sealed class Angry : ICallObserver
    {
        public List<RequestTrace> Told { get; } = [];

        public void RequestEnded(RequestTrace trace)
        {
            Told.Add(trace);
            throw new InvalidTimeZoneException("of the observer");
        }

        public void Waiting(RetryWait wait)
        {
        }
    }

    private sealed class StalledBody : MemoryStream
    {
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsRead => _isRead.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _isRead.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
