using System.Net.Sockets;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>What is said of connections that fail.</summary>
public sealed class TransportWordsTests
{
    [Fact]
    public async Task A_refused_connection_is_told_with_its_port_in_whole_sentences()
    {
        CseApiException error = await FailAsync("http://127.0.0.1:1");

        Assert.Matches(@"^No answer from 127\.0\.0\.1:1: [^.]+\. Tried again 2 times\.$", error.Message.Replace("127.0.0.1:1)", "here)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_speaks_no_tls_is_told_without_a_pointer_to_an_inner_exception()
    {
        using var plain = new RawServer("HTTP/1.1 400 No\r\n\r\n");

        CseApiException error = await FailAsync("https://" + plain.Authority);

        Assert.StartsWith("The certificate of 127.0.0.1 is not trusted, or TLS with it failed: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_tls_alert_is_told_without_one_too()
    {
        // Fatal, handshake failure.
        using var server = new RawServer([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);

        CseApiException error = await FailAsync("https://" + server.Authority);

        Assert.DoesNotContain("inner exception", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task What_an_answer_begins_with_ends_its_sentence()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => "<html>Welcome</html>");

        CseApiException error = await FailAsync(api.Address.ToString());

        Assert.EndsWith("It begins: Welcome. Tried again 2 times.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://{0}.evil.example/")]
    [InlineData("http://user@{0}:8443/x")]
    [InlineData("//{0}/x")]
    public async Task A_token_in_the_host_of_a_redirect_is_hidden(string location)
    {
        const string Token = "Token-Of-The-Tests-12345";
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, response) =>
        {
            response.Headers.Location = string.Format(null, location, Token);
            return (302, "{}");
        });
        using CseClient client = api.Connect(Token);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(CseErrorReason.RedirectRefused, error.Reason);
        Assert.DoesNotContain("Token-Of-The", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, null, false)]
    [InlineData(SocketError.NoData, null, false)]
    [InlineData(SocketError.TryAgain, null, true)]
    [InlineData(SocketError.ConnectionRefused, null, true)]
    [InlineData(SocketError.NetworkUnreachable, null, true)]
    [InlineData(SocketError.HostNotFound, "proxy:3128", false)]
    [InlineData(SocketError.TryAgain, "proxy:3128", true)]
    [InlineData(SocketError.ConnectionRefused, "proxy:3128", false)]
    [InlineData(SocketError.ConnectionReset, "proxy:3128", true)]
    public void Only_what_can_be_better_a_moment_later_is_worth_another_try(SocketError cause, string? proxy, bool isTransient)
    {
        var options = new CseClientOptions { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p" };
        var error = new HttpRequestException(HttpRequestError.ConnectionError, "outer", new SocketException((int)cause));

        CseApiException failure = new TransportFailure(options.Endpoint, proxy, text => text, new CseService(options, namesProject: false)).Of(error, null, isClosed: false);

        Assert.Equal((CseErrorReason.ConnectionFailed, isTransient, true), (failure.Reason, failure.IsTransient, failure.IsUnsent));
        Assert.Contains(proxy ?? "cse.example.com", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_to_a_socks_proxy_that_the_run_time_gave_up_has_taken_too_long_however_that_is_told()
    {
        var options = new CseClientOptions { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p" };
        Exception[] causes = [new IOException("x", new SocketException((int)SocketError.OperationAborted)), new ObjectDisposedException("NetworkStream")];
        foreach (Exception cause in causes)
        {
            var error = new HttpRequestException(HttpRequestError.ProxyTunnelError, "outer", cause);
            CseApiException failure = new TransportFailure(options.Endpoint, "proxy:1080", text => text, new CseService(options, namesProject: false)).Of(error, null, isClosed: false);
            Assert.Equal((CseErrorReason.TimeoutReached, true, true), (failure.Reason, failure.IsTransient, failure.IsUnsent));
        }
    }

    private static async Task<CseApiException> FailAsync(string endpoint)
    {
        using var client = new CseClient(
            new CseClientOptions { Endpoint = new Uri(endpoint), ProjectId = "p", MaximumRetryCount = 2, TimeProvider = new TestClock() },
            new TokenCredential("token-of-the-tests"));
        return await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));
    }
}
