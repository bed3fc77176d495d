using System.Text.Json;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>What is shown of an error that repeats the token: whole, in another notation, or a part of it.</summary>
public sealed class EchoedSecretTests
{
    private const string Token = "MIIYzwYJKoZIhvcNAQcC+/==";

    [Theory]
    [InlineData("whole: MIIYzwYJKoZIhvcNAQcC+/==", "whole: [hidden]")]
    [InlineData("in a JSON text: MIIYzwYJKoZIhvcNAQcC\\u002B/== end", "in a JSON text: [hidden] end")]
    [InlineData("in a query: t=MIIYzwYJKoZIhvcNAQcC%2B%2F%3D%3D&u=1", "in a query: t=[hidden]&u=1")]
    [InlineData("its beginning, MIIYzwYJKo, was refused", "its beginning, [hidden], was refused")]
    [InlineData("its end was NAQcC+/==", "its end was NAQcC+/==")]
    [InlineData("its end was cNAQcC+/==", "its end was [hidden]")]
    [InlineData("from the middle: wYJKoZIhvc", "from the middle: [hidden]")]
    [InlineData("wYJKoZIhvc begins a text", "[hidden] begins a text")]
    [InlineData("nine characters in common: wYJKoZIhv", "nine characters in common: wYJKoZIhv")]
    public Task A_token_is_hidden_in_every_notation_and_each_run_of_ten_characters_of_it(string said, string shown) =>
        AssertShownAsync(Token, said, shown);

    [Theory]
    [InlineData("a+b/", "of four: a+b/ and a%2Bb%2F", "of four: [hidden] and [hidden]")]
    [InlineData("say", "of three, which is a word: say", "of three, which is a word: say")]
    [InlineData("abcdefghij0123456789", "half of twenty: abcdefghij", "half of twenty: [hidden]")]
    [InlineData("abcdefghij012345678", "half of nineteen: abcdefghij", "half of nineteen: abcdefghij")]
    public Task A_short_token_is_hidden_whole_and_a_very_short_one_leaves_words_alone(string token, string said, string shown) =>
        AssertShownAsync(token, said, shown);

    private static async Task AssertShownAsync(string token, string said, string shown)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (400, JsonSerializer.Serialize(new { error_msg = said })));
        using CseClient client = api.Connect(token);

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(shown, error.ServerMessage);
        Assert.Contains(shown, error.Message, StringComparison.Ordinal);
    }
}
