using System.Globalization;
using System.Text.Json;
using CseJobs.Client.Auth;
using CseJobs.Client.Text;
using Xunit;

namespace CseJobs.Client.Tests.Json;

/// <summary>What a job says of itself: its engine, its step, why it failed and how long it has run.</summary>
public sealed class JobStoryTests
{
    [Theory]
    [InlineData("Executing", "second")]
    [InlineData("Error", "first")]
    [InlineData("Timeout", "first")]
    [InlineData("Suspended", "first")]
    [InlineData("Finished", null)]
    [InlineData("Init", null)]
    [InlineData("PreInit", null)]
    public async Task A_job_names_the_step_that_runs_or_has_failed(string status, string? step) => Assert.Equal(step, (await ReadAsync(
        $$"""{"id":1,"status":"{{status}}","tasks":[{"jobId":1,"taskName":"firstTaskExecutor","status":"Error"},{"jobId":1,"taskOrder":1,"taskName":"second","status":"Executing"}]}""")).Step);

    [Theory]
    [InlineData("EngineUninstallTaskExecutor", "EngineUninstall")]
    [InlineData("TaskExecutor", "TaskExecutor")]
    [InlineData("TaskExecutor of old", "TaskExecutor of old")]
    [InlineData("a\\r\\nb", "a b")]
    [InlineData("", null)]
    public async Task A_step_loses_the_ending_that_all_share_and_its_line_ends(string name, string? step) =>
        Assert.Equal(step, (await ReadAsync($$"""{"id":1,"status":"Error","tasks":[{"taskName":"{{name}}","taskNames":[],"status":"Error","tasks":[]}]}""")).Step);

    [Theory]
    [InlineData("2026-11-25T22:55:01Z INFO started\n2026-11-25T22:55:09Z ERROR instance did not become ready", "instance did not become ready")]
    [InlineData("2026-11-25T22:55:09Z ERROR no quota left\n2026-11-25T22:55:10Z INFO cleaned up", "no quota left")]
    [InlineData("[2026-11-25 22:55:09,123] [ERROR] node-1: gone\r\n\r\n", "node-1: gone")]
    [InlineData("ERROR 2026/11/25 22:55:09.1 +08:00 | it broke", "it broke")]
    [InlineData("22:55:09.123 WARN slow\n22:55:10 INFO gave up", "gave up")]
    [InlineData("java.net.ConnectException: refused\n\tat a.b.C(D.java:1)\n\t... 3 more\n}", "java.net.ConnectException: refused")]
    [InlineData("Error code 5 of the node", "Error code 5 of the node")]
    [InlineData("{\"level\":\"error\",\"msg\":\"disk full\"}", "disk full")]
    [InlineData("a\tb\u001b[31mred\u0007", "a b␛[31mred␇")]
    public async Task The_reason_is_the_last_telling_line_of_the_log_without_time_and_level(string log, string reason) => Assert.Equal(reason, await ReasonAsync(log, "{}"));

    [Theory]
    [InlineData("{}", "Upgrade it")]
    [InlineData(null, "Upgrade it")]
    [InlineData("[]", "Upgrade it")]
    [InlineData("plain words", "plain words")]
    [InlineData("{\"code\":5,\"Message\":\"no quota\"}", "no quota")]
    [InlineData("{\"error\":{\"code\":\"x\",\"message\":\"no quota\"}}", "no quota")]
    [InlineData("{\"error\":\"first\",\"message\":\"better\"}", "better")]
    [InlineData("{\"message\":\"\",\"error\":\"second\"}", "second")]
    [InlineData("{\"message\":\"\\u001b[2Jred\\ud83d\\nline\"}", "␛[2Jred\ufffd line")]
    [InlineData("{\"code\":5}", "{\"code\":5}")]
    [InlineData("{broken", "{broken")]
    public async Task Without_a_log_the_output_tells_or_else_the_description(string? output, string reason) => Assert.Equal(reason, await ReasonAsync("\n", output));

    [Fact]
    public async Task A_reason_is_one_line_that_can_be_shown_however_long_the_log_is()
    {
        string reason = (await ReasonAsync("ERROR " + new string('x', 299) + "\U0001F680" + new string(' ', 100_000) + "y", null))!;

        Assert.Equal(301, reason.Length);
        Assert.True(SafeText.IsSafeLine(reason));
    }

    [Theory]
    [InlineData("Finished", false, false)]
    [InlineData("Executing", false, true)]
    [InlineData("Init", false, true)]
    [InlineData("PreInit", false, false)]
    [InlineData("Error", true, false)]
    [InlineData("Timeout", true, false)]
    [InlineData("Suspended", false, false)]
    public async Task A_job_that_has_not_failed_has_no_reason(string status, bool failed, bool runs)
    {
        EngineJob job = await ReadAsync($$"""{"id":1,"status":"{{status}}","description":"why","tasks":[{"jobId":1,"status":"{{status}}"}]}""");

        Assert.Equal((failed, runs, failed ? "why" : null), (job.Failed, job.IsRunning, job.Reason));
    }

    [Fact]
    public async Task A_list_without_sub_jobs_gives_no_reason_for_what_a_job_is_to_do_is_none() =>
        Assert.Equal((null, null), await ReadAsync("""{"id":1,"status":"Error","description":"Upgrade to 2.5"}""") is var job ? (job.Step, job.Reason) : default);

    [Fact]
    public async Task A_duration_grows_by_the_clock_of_the_client_while_the_job_runs()
    {
        var clock = new TestClock();
        long start = clock.GetUtcNow().ToUnixTimeMilliseconds();
        string step = string.Create(CultureInfo.InvariantCulture, $$"""{"taskName":"a","status":"Executing","startTime":{{start}},"taskNames":[],"tasks":[{"jobId":1,"status":"Executing","startTime":{{start}}}]}""");

        // The end is that of the first run, before a retry.
        EngineJob job = await ReadAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"id":1,"status":"Executing","startTime":{{start}},"endTime":{{start + 1}},"tasks":[{{step}}]}"""), clock);
        clock.Advance(TimeSpan.FromMilliseconds(90_500));

        var expected = TimeSpan.FromMilliseconds(90_500);
        Assert.Equal([expected, expected, expected], [job.Duration!.Value, job.Phases[0].Duration!.Value, job.Tasks[0].Duration!.Value]);
        Assert.Equal(90.5, job.DurationSeconds);
    }

    [Fact]
    public async Task Nothing_has_run_for_less_than_no_time_where_the_server_is_ahead()
    {
        EngineJob job = await ReadAsync("""{"id":1,"status":"Executing","startTime":4102444800000}""", new TestClock());

        Assert.Equal(TimeSpan.Zero, job.Duration);
        Assert.Null((await ReadAsync("""{"id":1,"status":"Executing"}""")).DurationSeconds);
        Assert.Equal(364.329, (await ReadAsync("""{"id":1,"status":"Finished","startTime":1000,"endTime":365329}""")).DurationSeconds);
    }

    [Fact]
    public async Task A_job_names_its_engine_as_its_sub_jobs_or_those_of_another_job_do()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number == 1
            ? """{"total":2,"data":[{"id":1,"tasks":[]},{"id":2,"tasks":[{"jobId":2,"engineName":" "},{"jobId":2,"engineName":"prod"}]}]}"""
            : """{"id":3,"tasks":[]}""");
        using CseClient client = api.Connect();

        Assert.Null(client.EngineNameOf("e"));
        Assert.Equal(["prod", "prod"], (await client.ListJobs("e").NextAsync())!.Items.Select(job => job.EngineName));
        Assert.Equal("prod", (await client.GetJobAsync("E", 3)).EngineName);
        Assert.Null((await client.GetJobAsync("other", 3)).EngineName);
    }

    [Fact]
    public async Task What_an_engine_calls_itself_counts_more_than_what_sub_jobs_say()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number == 2
            ? """{"total":1,"data":[{"id":"e","name":"new"}]}"""
            : """{"id":3,"tasks":[{"jobId":3,"engineName":"old"}]}""");
        using CseClient client = api.Connect();

        Assert.Equal("old", (await client.GetJobAsync("e", 3)).EngineName);
        await client.ListEngines().NextAsync();
        Assert.Equal("new", (await client.GetJobAsync("e", 3)).EngineName);
    }

    private static async Task<string?> ReasonAsync(string log, string? output)
    {
        string task = JsonSerializer.Serialize(new { jobId = 1, status = "Error", taskOrder = 1, log, output });
        return (await ReadAsync($$"""{"id":1,"status":"Error","description":"Upgrade it","tasks":[{"jobId":1,"status":"Finished","log":"ERROR not this"},{{task}}]}""")).Reason;
    }

    private static async Task<EngineJob> ReadAsync(string json, TimeProvider? clock = null)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => json);
        using var client = new CseClient(new CseClientOptions { Endpoint = api.Address, ProjectId = "p", TimeProvider = clock ?? TimeProvider.System }, new TokenCredential("t"));
        return await client.GetJobAsync("e", 1);
    }
}
