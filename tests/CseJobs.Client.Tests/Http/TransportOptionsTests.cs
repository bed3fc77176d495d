using System.Net;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>Options that cannot be right are refused in plain words, before anything is sent.</summary>
public sealed class TransportOptionsTests
{
    public static TheoryData<string, SignInOptions> Bad() => new()
    {
        { "Timeout", new SignInOptions { Region = "cn-north-4", Timeout = Timeout.InfiniteTimeSpan } },
        { "Timeout", new SignInOptions { Region = "cn-north-4", Timeout = TimeSpan.Zero } },
        { "Timeout", new SignInOptions { Region = "cn-north-4", Timeout = TimeSpan.FromDays(25) } },
        { "OperationTimeout", new SignInOptions { Region = "cn-north-4", OperationTimeout = TimeSpan.Zero } },
        { "OperationTimeout", new SignInOptions { Region = "cn-north-4", OperationTimeout = TimeSpan.MaxValue } },
        { "MaximumRetryCount", new SignInOptions { Region = "cn-north-4", MaximumRetryCount = -1 } },
        { "MaxResponseBytes", new SignInOptions { Region = "cn-north-4", MaxResponseBytes = 0 } },
        { "MaxResponseBytes", new SignInOptions { Region = "cn-north-4", MaxResponseBytes = 2L * 1024 * 1024 * 1024 } },
        { "proxy", new SignInOptions { Region = "cn-north-4", Proxy = new Uri("ftp://proxy.example.com") } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_right_is_refused_by_name(string name, SignInOptions transport)
    {
        ArgumentException made = Assert.Throws<ArgumentException>(() => Make(transport));
        ArgumentException signedIn = await Assert.ThrowsAsync<ArgumentException>(
            () => SignIn.WithAccessKeyAsync(transport, "AK", new NetworkCredential(string.Empty, "SK").SecurePassword));

        Assert.Contains(name, made.Message, StringComparison.Ordinal);
        Assert.Equal(made.Message, signedIn.Message);
    }

    [Fact]
    public void The_ends_of_the_ranges_are_taken()
    {
        Make(new SignInOptions { Region = "cn-north-4", Timeout = TimeSpan.FromDays(24), OperationTimeout = TimeSpan.FromDays(24), MaximumRetryCount = 0, MaxResponseBytes = 0x7FFF_0000 }).Dispose();
        Make(new SignInOptions { Region = "cn-north-4", Timeout = TimeSpan.FromTicks(1), OperationTimeout = TimeSpan.FromTicks(1), MaxResponseBytes = 1 }).Dispose();
    }

    private static CseClient Make(CseTransportOptions transport) => new(
        new CseClientOptions(transport) { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p" }, new TokenCredential("t0ken"));
}
