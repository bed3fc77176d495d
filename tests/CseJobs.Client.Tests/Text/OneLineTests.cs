using CseJobs.Client.Text;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\tc\n", "a b c")]
    [InlineData("a\u2028b", "a b")]
    public void A_text_goes_into_one_line(string text, string expected) => Assert.Equal(expected, SafeText.OneLine(text));
}
