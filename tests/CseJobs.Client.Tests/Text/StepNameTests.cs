using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class StepNameTests
{
    [Theory]
    [InlineData("EngineUninstallTaskExecutor", "EngineUninstall")]
    [InlineData("resourcePrepare", "resourcePrepare")]
    [InlineData("TaskExecutor", "TaskExecutor")]
    [InlineData("TaskExecutor of old", "TaskExecutor of old")]
    [InlineData("", "")]
    public void A_step_loses_the_ending_that_all_share(string name, string expected) => Assert.Equal(expected, StepName.Short(name));
}
