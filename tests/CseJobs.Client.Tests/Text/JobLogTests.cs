using System.Text.Json;
using CseJobs.Listing;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class JobLogTests
{
    [Fact]
    public async Task The_whole_log_of_the_sub_job_that_failed_is_given_line_by_line() =>
        Assert.Equal(["one", "", "two\tthree", "  four"], await LogOf("Error", ("Finished", "before"), ("Error", "one\r\n\ntwo\tthree\n  four\r\n"), ("Init", "")));

    [Theory]
    [InlineData("Error")]
    [InlineData("Timeout")]
    public async Task Error_and_Timeout_are_failures(string status) => Assert.Equal(["why"], await LogOf(status, ("Finished", "x"), (status, "why")));

    [Fact]
    public async Task Several_that_failed_follow_one_another() => Assert.Equal(["a", "b"], await LogOf("Error", ("Error", "a"), ("Timeout", "b")));

    [Fact]
    public async Task What_would_act_on_a_terminal_is_visible_and_tabs_stay() =>
        Assert.Equal(["␛[31mred␛[0m\tx", "␍over"], await LogOf("Error", ("Error", "\u001b[31mred\u001b[0m\tx\n\rover")));

    [Fact]
    public async Task Of_a_job_that_runs_it_is_the_log_of_the_sub_job_that_runs() =>
        Assert.Equal(["now"], await LogOf("Executing", ("Error", "of the try before"), ("Executing", "now")));

    [Fact]
    public async Task Of_a_job_that_runs_but_no_sub_job_does_it_is_the_log_of_the_one_that_failed() =>
        Assert.Equal(["why"], await LogOf("Executing", ("Error", "why"), ("Init", "")));

    [Fact]
    public async Task A_failure_counts_in_a_job_whose_status_nobody_knows() => Assert.Equal(["why"], await LogOf("Suspended", ("Executing", "x"), ("Error", "why")));

    [Fact]
    public async Task There_is_none_where_all_went_well_or_the_log_is_empty()
    {
        Assert.Empty(await LogOf("Finished", ("Finished", "fine")));
        Assert.Empty(await LogOf("Error", ("Error", " \n")));
        Assert.Empty(await LogOf("Error"));
    }

    private static async Task<string[]> LogOf(string status, params (string Status, string Log)[] tasks)
    {
        var parts = tasks.Select((task, i) => new { jobId = 1, id = i + 1, taskOrder = i, status = task.Status, log = task.Log });
        string body = JsonSerializer.Serialize(new { id = 1, engineId = "e", type = "Upgrade", status, tasks = new[] { new { taskName = "phase", status, tasks = parts } } });
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => body);
        using CseClient client = api.Connect();

        return JobLog.Of(await client.GetJobAsync("e", 1));
    }
}
