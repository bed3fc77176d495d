using CseJobs.Client.Auth;
using CseJobs.Simulator;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>Hosts and proxies that accept a connection and stay silent before it can carry a request.</summary>
public sealed class ConnectTimeoutTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task A_connection_that_does_not_come_about_is_a_timeout_that_may_pass_and_nothing_was_sent(string? proxyScheme)
    {
        await using StalledListener silent = StalledListener.Start();
        var recorder = new Recorder();
        using var client = new CseClient(
            new CseClientOptions
            {
                Endpoint = new Uri(proxyScheme is null ? $"https://127.0.0.1:{silent.Port}" : "https://cse.example.com"),
                Proxy = proxyScheme is null ? null : new Uri($"{proxyScheme}://127.0.0.1:{silent.Port}"),
                ProjectId = "p",
                MaximumRetryCount = 2,
                ConnectTimeout = TimeSpan.FromMilliseconds(100),
                TimeProvider = new TestClock(),
            },
            new TokenCredential("token-of-the-tests"));

        // A retry of a job is sent again only because it certainly never left.
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.RetryJobAsync("e", recorder));

        Assert.Equal((CseErrorReason.TimeoutReached, 2), (error.Reason, error.Retries));
        Assert.Equal($"No connection to {(proxyScheme is null ? null : "the proxy ")}127.0.0.1:{silent.Port} came about in time. Tried again 2 times.", error.Message);
        Assert.Equal(["TimeoutReached", "TimeoutReached", "TimeoutReached"], recorder.Requests.Select(request => request.Failure));
        var latch = new AuthFailureLatch();
        latch.Note(error);
        Assert.Null(latch.For("e", null));
    }

    [Fact]
    public async Task Only_a_client_that_was_disposed_has_closed_the_session()
    {
        await using StalledListener silent = StalledListener.Start();
        var client = new CseClient(
            new CseClientOptions { Endpoint = silent.BaseAddress, ProjectId = "p", TimeProvider = new TestClock() }, new TokenCredential("token-of-the-tests"));
        Task<EngineJob> call = client.GetJobAsync("e", 1);

        client.Dispose();

        Assert.Equal(CseErrorReason.SessionClosed, (await Assert.ThrowsAsync<CseApiException>(() => call)).Reason);
    }
}
