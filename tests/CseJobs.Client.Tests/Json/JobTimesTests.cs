using Xunit;

namespace CseJobs.Client.Tests.Json;

/// <summary>Times and durations at the edges of what a server can say.</summary>
public sealed class JobTimesTests
{
    [Theory]
    [InlineData(1_700_000_000_000, 1_700_000_000_000, 0L)]
    [InlineData(1_700_000_000_000, 1_700_000_000_001, 1L)]
    [InlineData(1_700_000_000_001, 1_700_000_000_000, null)]
    [InlineData(1_700_000_000_000, 0, null)]
    [InlineData(0, 1_700_000_000_000, null)]
    public async Task A_duration_is_what_lies_between_and_never_negative(long start, long end, long? milliseconds)
    {
        EngineJob job = await ReadAsync($$"""{"id":1,"startTime":{{start}},"endTime":{{end}}}""");

        Assert.Equal(milliseconds, (long?)job.Duration?.TotalMilliseconds);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(253_402_214_399_999, true)]
    [InlineData(253_402_300_800_000, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(-1, false)]
    public async Task A_time_off_the_calendar_is_none(long time, bool isTime)
    {
        EngineJob job = await ReadAsync($$"""{"id":1,"startTime":{{time}}}""");

        Assert.Equal(isTime, job.StartTime is not null);
    }

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(60_000, 60_000L)]
    [InlineData(-1, null)]
    public async Task An_estimate_of_no_time_is_one(long duration, long? milliseconds)
    {
        EngineJob job = await ReadAsync($$"""{"id":1,"tasks":[{"taskName":"a","taskExecutorBrief":{"duration":{{duration}}},"tasks":[]}]}""");

        Assert.Equal(milliseconds, (long?)job.Phases[0].TaskExecutorBrief?.Duration?.TotalMilliseconds);
    }

    [Fact]
    public async Task Jobs_sort_by_their_start_and_those_that_have_not_begun_come_last()
    {
        EngineJob[] jobs = await Task.WhenAll(ReadAsync("""{"id":5}""", 5), ReadAsync("""{"id":4,"startTime":2000}""", 4), ReadAsync("""{"id":3,"startTime":0}""", 3), ReadAsync("""{"id":2,"startTime":1000}""", 2), ReadAsync("""{"id":1,"startTime":2000}""", 1));

        Assert.Equal([2, 1, 4, 3, 5], jobs.Order().Select(job => job.Id));
        Assert.Equal([5, 3, 4, 1, 2], jobs.OrderDescending().Select(job => job.Id));
    }

    private static async Task<EngineJob> ReadAsync(string body, long id = 1)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => body);
        using CseClient client = api.Connect();
        return await client.GetJobAsync("e", id);
    }
}
