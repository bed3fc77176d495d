using System.Net;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>A sign-in that fails before anything is sent wipes what it was given, and says what is wrong with it.</summary>
public sealed class RefusedSecretTests
{
    private static readonly SignInOptions Nowhere = new() { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p" };

    [Theory]
    [InlineData("line\nbreak", "d", false)]
    [InlineData("u", "", false)]
    [InlineData(null, "d", false)]
    [InlineData("u", null, false)]
    [InlineData("u", "d", true)]
    public async Task A_password_is_wiped_when_the_names_or_the_address_are_wrong(string? user, string? domain, bool isNameLess)
    {
        var password = new Secret("password-77");
        SignInOptions options = isNameLess
            ? new SignInOptions { Endpoint = new Uri("https://cse.example.com"), IamEndpoint = new Uri("https://iam.example.com") }
            : Nowhere;

        await Assert.ThrowsAnyAsync<ArgumentException>(() => SignIn.SignInAsync(new FoundCredential("test", options) { Login = new PasswordLogin(user!, password, domain!) }, null, default));

        AssertWiped(password);
    }

    [Theory]
    [InlineData("A K", "SK", "STS")]
    [InlineData(null, "SK", "STS")]
    [InlineData("AK", " ", "STS")]
    [InlineData("AK", "SK", "S T S")]
    public async Task A_key_is_wiped_when_a_part_of_it_cannot_be_right(string? id, string secretKey, string securityToken)
    {
        var secrets = new[] { new Secret(secretKey), new Secret(securityToken) };

        await Assert.ThrowsAsync<ArgumentException>(() => SignIn.SignInAsync(new FoundCredential("test", Nowhere) { Key = new AccessKey(id!, secrets[0], secrets[1]) }, null, default));

        AssertWiped(secrets);
    }

    [Fact]
    public async Task Everything_found_is_wiped_when_the_settings_beside_it_are_wrong()
    {
        Secret[] secrets = [.. Enumerable.Range(0, 4).Select(i => new Secret($"secret-{i}"))];
        var found = new FoundCredential("test", new SignInOptions { Region = "no region", ProjectId = "p" })
        {
            Token = secrets[0], Key = new AccessKey("AK", secrets[1], secrets[2]), Login = new PasswordLogin("u", secrets[3], "d"),
        };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => SignIn.SignInAsync(found, null, default));

        AssertWiped(secrets);
    }

    [Fact]
    public void A_token_that_cannot_stand_in_a_header_is_wiped()
    {
        var token = new Secret("MII ab");

        Assert.Throws<ArgumentException>(() => new TokenCredential(token));

        AssertWiped(token);
    }

    [Fact]
    public async Task What_is_missing_altogether_is_named()
    {
        System.Security.SecureString secret = new NetworkCredential(string.Empty, "s").SecurePassword;

        Assert.Contains("user name", (await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithPasswordAsync(Nowhere, null!, secret, "d"))).Message, StringComparison.Ordinal);
        Assert.Contains("access key", (await Assert.ThrowsAsync<ArgumentException>(() => SignIn.WithAccessKeyAsync(Nowhere, null!, secret))).Message, StringComparison.Ordinal);
        Assert.Equal("password", (await Assert.ThrowsAsync<ArgumentNullException>(() => SignIn.WithPasswordAsync(Nowhere, "u", null!, "d"))).ParamName);
        Assert.Equal("secretKey", (await Assert.ThrowsAsync<ArgumentNullException>(() => SignIn.WithAccessKeyAsync(Nowhere, "AK", null!))).ParamName);
    }

    private static void AssertWiped(params Secret[] secrets) =>
        Assert.All(secrets, secret => Assert.Throws<ObjectDisposedException>(secret.Reveal));
}
