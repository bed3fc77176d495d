using System.Net;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Auth;
using CseJobs.Client.Tests.Faults;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>A proxy's password out of the environment, which other tests must not meet: it stands in no error, in whatever form it is repeated.</summary>
[Collection(nameof(Alone))]
public sealed class ProxyPasswordTests
{
    private const string Variable = "ALL_PROXY";

    [Theory]
    [InlineData("http://user:p%40ss%3Aword@proxy.example.com:3128", "p%40ss%3Aword")]
    [InlineData("http://user:p%40ss%3aw%6frd@proxy.example.com:3128", "p%40ss%3aw%6frd")]
    [InlineData("http://user:p%40ss%3Aword@proxy.example.com:3128", "p@ss:word")]
    [InlineData("http://us%65r:p%40ss%3Aword@proxy.example.com:3128", "Basic user:p@ss:word")]
    [InlineData("user:pa@ssword@proxy.example.com", "pa@ssword")]
    public async Task A_password_of_a_proxy_variable_is_hidden(string proxy, string secret)
    {
        string said = secret.StartsWith("Basic ", StringComparison.Ordinal) ? Convert.ToBase64String(Encoding.UTF8.GetBytes(secret[6..])) : secret;
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (400, JsonSerializer.Serialize(new { error_msg = $"the proxy got {said}." })));

        // The runtime reads the variables once for the process: before the test sets one.
        Assert.NotNull(HttpClient.DefaultProxy);
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, proxy);
        try
        {
            using CseClient client = api.Connect();

            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

            Assert.Equal("the proxy got [hidden].", error.ServerMessage);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Theory]
    [InlineData("", "Basic user:pass-word-77")]
    [InlineData("CORP", "Basic CORP\\user:pass-word-77")]
    public async Task The_form_in_which_a_given_one_is_sent_is_hidden(string domain, string secret)
    {
        string said = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret[6..]));
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (400, JsonSerializer.Serialize(new { error_msg = $"the proxy got {said}." })));
        var options = new CseClientOptions
        {
            Endpoint = api.Address, ProjectId = "p", MaximumRetryCount = 0, ProxyCredential = new NetworkCredential("user", "pass-word-77", domain),
        };
        using var client = new CseClient(options, new TokenCredential("token-of-the-tests"));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal("the proxy got [hidden].", error.ServerMessage);
    }
}
