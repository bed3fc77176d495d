using System.Text;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>One request and its answer: whatever goes wrong is told in the client's terms.</summary>
public sealed class ExchangeTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task What_nobody_thought_of_is_an_unexpected_error_without_secrets()
    {
        using var exchange = new HttpExchange(new CseTransportOptions());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(fixture.Simulator.BaseAddress, "x"));
        var recorder = new Recorder();
        string redact(string text) => text.Replace("request", "[hidden]", StringComparison.Ordinal);
        (await exchange.SendAsync(request, redact, TimeSpan.MaxValue, recorder, default)).Dispose();

        // A message that is sent twice: the run-time objects, by an exception of a kind that no failing server causes.
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => exchange.SendAsync(request, redact, TimeSpan.MaxValue, recorder, default));

        Assert.Equal((CseErrorReason.UnexpectedError, "GET", "/x", null), (error.Reason, error.Method, error.Path, error.StatusCode));
        Assert.Contains("InvalidOperationException", error.Message, StringComparison.Ordinal);
        Assert.Contains("[hidden]", error.Message, StringComparison.Ordinal);
        Assert.Equal((null, "UnexpectedError"), (recorder.Requests[0].Failure, recorder.Requests[1].Failure));
    }

    [Fact]
    public async Task What_an_observer_throws_is_not_taken_for_a_failed_request()
    {
        using var exchange = new HttpExchange(new CseTransportOptions());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(fixture.Simulator.BaseAddress, "x"));
        var angry = new Angry();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => exchange.SendAsync(request, text => text, TimeSpan.MaxValue, angry, default));

        Assert.Null(Assert.Single(angry.Told).Failure);
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
}
