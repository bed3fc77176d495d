using System.Security;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

public sealed class TokenCredentialTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("MIIab\r\nX-Evil: 1")]
    [InlineData("MIIab cd")]
    [InlineData("MIIab\u0000")]
    [InlineData("MIIäb")]
    public void A_token_that_cannot_stand_in_a_header_is_refused_without_quoting_it(string token)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TokenCredential(token));

        Assert.DoesNotContain("MII", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secure_string_and_a_string_are_the_same_token()
    {
        using var secure = new SecureString();
        foreach (char c in "MIIsecret")
        {
            secure.AppendChar(c);
        }

        Assert.Equal("MIIsecret", await HeaderOf(new TokenCredential(secure)));
        Assert.Equal("MIIsecret", await HeaderOf(new TokenCredential("MIIsecret")));
    }

    [Fact]
    public async Task A_disposed_credential_signs_nothing()
    {
        var credential = new TokenCredential("MIIsecret");
        credential.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => HeaderOf(credential));
    }

    [Fact]
    public void A_secret_shows_itself_to_nobody()
    {
        var secret = new Secret("hunter2-hunter2");

        Assert.Equal("[hidden]", secret.ToString());
        Assert.Equal("it was [hidden].", secret.RemoveFrom("it was hunter2-hunter2."));
    }

    private static async Task<string> HeaderOf(TokenCredential credential)
    {
        using var request = new HttpRequestMessage();
        await credential.AuthorizeAsync(request, null, CancellationToken.None);
        return Assert.Single(request.Headers.GetValues("X-Auth-Token"));
    }
}
