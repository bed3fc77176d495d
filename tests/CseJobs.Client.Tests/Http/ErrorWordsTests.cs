using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>The sentence that an error is shown as.</summary>
public sealed class ErrorWordsTests
{
    [Theory]
    [InlineData("""{"error_msg":"It broke.","error_code":"X.1"}""", "The server refused the request. It said: It broke. (HTTP 400, X.1)")]
    [InlineData("""{"error_msg":"It broke","error_code":"X.1"}""", "The server refused the request. It said: It broke. (HTTP 400, X.1)")]
    [InlineData("""{"error_msg":"It broke...","error_code":400}""", "The server refused the request. It said: It broke. (HTTP 400)")]
    [InlineData("""{"error_msg":"","error_code":"X.1"}""", "The server refused the request. (HTTP 400, X.1)")]
    [InlineData("{}", "The server refused the request. (HTTP 400)")]
    public async Task The_servers_words_stand_in_one_sentence_with_status_and_code(string body, string expected)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (400, body));
        using CseClient client = api.Connect();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(expected, error.Message);
    }
}
