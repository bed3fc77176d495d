using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class ViewTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\tc\n", "a b c")]
    [InlineData("a\u2028b", "a b")]
    public void A_text_goes_into_one_line(string text, string expected) => Assert.Equal(expected, ViewText.OneLine(text));

    [Theory]
    [InlineData("EngineUninstallTaskExecutor", "EngineUninstall")]
    [InlineData("resourcePrepare", "resourcePrepare")]
    [InlineData("TaskExecutor", "TaskExecutor")]
    [InlineData("TaskExecutor of old", "TaskExecutor of old")]
    [InlineData("", "")]
    public void A_step_loses_the_ending_that_all_share(string name, string expected) => Assert.Equal(expected, ViewText.ShortStep(name));
}
