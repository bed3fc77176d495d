using System.Net;
using System.Text;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>What a proxy may do to a call. The process's own proxy is set in some of these tests: no other runs meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class ProxyTests
{
    private const string Key = "key-of-the-proxy-5f6e7d";

    [Theory]
    [InlineData(407, "wants a user name and password, or does not accept those it got", 0)]
    [InlineData(403, "does not allow this host", 0)]
    [InlineData(401, "made no connection to the host", 0)]
    [InlineData(502, "made no connection to the host", 2)]
    [InlineData(503, "made no connection to the host", 2)]
    public async Task A_proxy_that_refuses_is_named_and_asked_no_second_time(int status, string words, int retries)
    {
        using var proxy = new RawServer($"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n");
        using CseClient client = Connect("https://cse.example.com", new Uri("http://" + proxy.Authority));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        string again = retries == 0 ? string.Empty : $" Tried again {retries} times.";
        Assert.Equal((CseErrorReason.ConnectionFailed, $"The proxy {proxy.Authority} {words} (HTTP {status}).{again}"), (error.Reason, error.Message));
        Assert.Equal(retries > 0, error.IsTransient);
        Assert.Equal(1 + retries, proxy.Heads.Count);
    }

    [Fact]
    public async Task A_password_is_sent_once_and_then_no_more()
    {
        using var proxy = new RawServer("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using CseClient client = Connect("https://cse.example.com", new Uri("http://" + proxy.Authority), new NetworkCredential("user", "password-of-the-proxy"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.False(error.IsTransient);
        Assert.Single(proxy.Heads, head => head.Contains("Proxy-Authorization", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Of_an_unencrypted_call_it_is_the_same()
    {
        using var proxy = new RawServer("HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\n{}");
        using CseClient client = Connect("http://cse.example.com", new Uri("http://" + proxy.Authority));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.StartsWith($"The proxy {proxy.Authority} wants a user name and password", error.Message, StringComparison.Ordinal);
        Assert.Equal((CseErrorReason.ConnectionFailed, 407, 0), (error.Reason, error.StatusCode, error.Retries));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "There is no proxy at 127.0.0.1:1: ")]
    [InlineData("socks5://127.0.0.1:1", "There is no proxy at 127.0.0.1:1: ")]
    [InlineData("http://proxy.no-such-host.invalid:3128", "proxy.no-such-host.invalid:3128")]
    public async Task A_proxy_that_is_not_there_is_told_from_a_host_that_is_not(string proxy, string words)
    {
        using CseClient client = Connect("https://cse.example.com", new Uri(proxy));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(CseErrorReason.ConnectionFailed, error.Reason);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.True(error.Retries == 0 || proxy.Contains("invalid", StringComparison.Ordinal), "A proxy that refuses connections was tried again.");
    }

    [Fact]
    public async Task What_speaks_no_socks_is_not_tried_again()
    {
        using var proxy = new RawServer("HTTP/1.1 400 No\r\n\r\n");
        using CseClient client = Connect("https://cse.example.com", new Uri("socks5://" + proxy.Authority));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.StartsWith($"The proxy {proxy.Authority} made no connection to cse.example.com: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, error.Retries);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task A_key_in_the_address_of_the_systems_proxy_is_shown_nowhere(string scheme)
    {
        string sent = Convert.ToBase64String(Encoding.UTF8.GetBytes(Key + ":"));
        string body = $"{{\"error_msg\":\"{Key} {sent} are known here\"}}";
        string status = scheme == "https" ? "407 " + Key : "400 No";
        using var proxy = new RawServer($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await WithSystemProxyAsync($"http://{Key}@{proxy.Authority}", async () =>
        {
            using CseClient client = Connect(scheme + "://cse.example.com");
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

            Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(sent, error.ToString(), StringComparison.Ordinal);
            Assert.Contains(scheme == "https" ? proxy.Authority : "[hidden] [hidden] are known here", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    public async Task What_goes_unencrypted_to_this_machine_does_not_leave_it(string host, bool isNamedByCaller)
    {
        using var proxy = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"id\":1}");
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => """{"id":1}""");
        Task readAsync() => Connect($"http://{host}:{api.Address.Port}", isNamedByCaller ? new Uri("http://" + proxy.Authority) : null).GetJobAsync("e", 1);

        await (isNamedByCaller ? readAsync() : WithSystemProxyAsync("http://" + proxy.Authority, readAsync));

        Assert.Empty(proxy.Heads);
        Assert.Single(api.Targets);
    }

    [Fact]
    public async Task Nor_does_a_password_on_its_way_to_iam()
    {
        using var proxy = new RawServer("HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n");
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, response) =>
        {
            response.Headers["X-Subject-Token"] = "token-of-iam";
            return (201, """{"token":{"project":{"id":"p"}}}""");
        });
        var options = new SignInOptions { Endpoint = api.Address, IamEndpoint = api.Address, ProjectId = "p", Proxy = new Uri("http://" + proxy.Authority) };

        await SignIn.WithPasswordAsync(options, "user", new NetworkCredential(string.Empty, "password").SecurePassword, "account");

        Assert.Empty(proxy.Heads);
        Assert.Contains("/v3/auth/tokens", Assert.Single(api.Targets), StringComparison.Ordinal);
    }

    private static async Task WithSystemProxyAsync(string address, Func<Task> act)
    {
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(address);
        try
        {
            await act();
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    private static CseClient Connect(string endpoint, Uri? proxy = null, NetworkCredential? credential = null) => new(
        new CseClientOptions
        {
            Endpoint = new Uri(endpoint),
            ProjectId = "p",
            Proxy = proxy,
            ProxyCredential = credential,
            MaximumRetryCount = 2,
            AllowUnencryptedAuthentication = true,
            TimeProvider = new TestClock(),
        },
        new TokenCredential("token-of-the-tests"));
}
