using CseJobs.Client.Tests.Faults;
using Xunit;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>
/// Five thousand random steps in the lives of sessions. Alone in the process, whose unobserved failures it looks for. A failure names its
/// seed and step; CSEJOBS_LIFE=77 tries another seed.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SessionLifeTests
{
    private const int Steps = 1_250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_life_of_sessions_has_no_hang_no_leak_and_no_wrong_target(int seed)
    {
        seed = int.TryParse(Environment.GetEnvironmentVariable("CSEJOBS_LIFE"), out int other) ? other * seed : seed;
        var unobserved = new List<string>();
        void note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception.ToString());
            }
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException += note;
        try
        {
            await using SessionLife life = await SessionLife.BeginAsync(seed);
            for (int i = 0; i < Steps; i++)
                await life.StepAsync();

            await life.EndAsync();
            Assert.Equal(14, life.Taken.Count);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= note;
        }

        Assert.Empty(unobserved);
    }
}
