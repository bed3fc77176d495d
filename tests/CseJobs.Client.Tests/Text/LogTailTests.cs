using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class LogTailTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\r\n\n")]
    public void An_empty_log_has_no_end(string? log) => Assert.Empty(LogTail.Of(log));

    [Fact]
    public void A_short_log_is_its_own_end() => Assert.Equal(["one", " two "], LogTail.Of("one\r\n\n two \n"));

    [Fact]
    public void The_end_of_a_log_is_its_last_five_lines() => Assert.Equal(["3", "4", "5", "6", "7"], LogTail.Of("1\n2\n3\n\n4\n5\n6\n7\n"));
}
