using System.Globalization;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>What a call says that was not tried again. No test waits.</summary>
public sealed class RetryLoopTests
{
    private static readonly CseTransportOptions Options = new() { Delay = (_, _) => Task.CompletedTask };

    private readonly RetryLoop _loop = new(Options);

    [Fact]
    public async Task A_wait_that_is_too_long_is_told_once_though_the_failure_passes_two_loops()
    {
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => _loop.RunAsync(
            _ => _loop.RunAsync<int>(_ => throw Throttled(300), null, default), null, default));

        Assert.Equal("Too many. It asks to wait 300 seconds.", error.Message);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    public async Task An_english_message_has_english_numbers(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => _loop.RunAsync<int>(_ => throw Throttled(3600), null, default));

            Assert.EndsWith(" 3,600 seconds.", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CseApiException Throttled(int seconds) => new(CseErrorReason.Throttled, "Too many.")
    {
        IsTransient = true,
        RetryAfter = TimeSpan.FromSeconds(seconds),
    };
}
