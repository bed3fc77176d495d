using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>How long a wait pauses when a server says how long to.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(3500, 600)]
    [InlineData(601, 600)]
    [InlineData(599, 599)]
    [InlineData(1, 2)]
    [InlineData(0, 2)]
    public async Task It_is_waited_for_between_the_own_pause_and_ten_minutes(int asked, double waited)
    {
        WaitBench bench = new WaitBench().Job(5, n => n == 1
            ? new CseApiException(CseErrorReason.Throttled, "later") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(asked) }
            : "Finished");

        await bench.RunAsync();

        Assert.Equal([0, waited], bench.ReadsOf(5));
    }
}
