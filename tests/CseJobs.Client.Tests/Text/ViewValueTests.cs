using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class ViewValueTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\tc\n", "a b c")]
    [InlineData("a\u2028b", "a b")]
    public void A_text_goes_into_one_line(string text, string expected) => Assert.Equal(expected, ViewValue.OneLine(text));
}
