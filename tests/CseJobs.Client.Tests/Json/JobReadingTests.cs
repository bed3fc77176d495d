using System.Text;
using System.Text.Json;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Json;

public sealed class JobReadingTests
{
    // Contract 1.14, the sample of seed 000.
    private const string SeedDetail = """
        {"id":12339,"engineId":"ad76972c-a743-4770-859c-c98a680f4d98","type":"Create","description":"","status":"Finished","scheduling":0,"createUser":"test","startTime":1636540095901,"endTime":1636540460230,"context":"","tasks":[{"taskName":"resourcePrepare","taskNames":["TenantTaskExecutor"],"status":"Finished","startTime":1636540100216,"endTime":1636540110215,"taskExecutorBrief":{"duration":60000,"description":"Resource preparation"},"tasks":[{"jobId":12339,"id":89117,"type":"Create","assigned":"","taskName":"TenantTaskExecutor","engineName":"test","taskOrder":0,"status":"Init","startTime":1636540100216,"endTime":1636540110215,"createTime":1636540095910,"updateTime":1636540110230,"timeout":-1,"log":"","output":"{}","taskExecutorBrief":{"duration":60000,"description":"Tenant processing"}}]}]}
        """;

    [Fact]
    public void The_sample_of_the_specification_reads_field_for_field()
    {
        EngineJob job = Job(SeedDetail);

        Assert.Equal(12339, job.Id);
        Assert.Equal("ad76972c-a743-4770-859c-c98a680f4d98", job.EngineId);
        Assert.Equal((JobType.Create, "Create"), (job.Type, job.TypeText));
        Assert.Equal((JobStatus.Finished, "Finished"), (job.Status, job.StatusText));
        Assert.Equal(string.Empty, job.Description);
        Assert.False(job.Scheduling);
        Assert.Equal("test", job.CreateUser);
        Assert.Equal(new DateTime(2021, 11, 10, 10, 28, 15, 901, DateTimeKind.Utc), job.StartTime!.Value.ToUniversalTime());
        Assert.Equal(DateTimeKind.Local, job.StartTime.Value.Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(364_329), job.Duration);
        Assert.Equal(string.Empty, job.Context);
        Assert.Empty(job.AdditionalProperties);

        JobPhase phase = Assert.Single(job.Phases);
        Assert.Equal("resourcePrepare", phase.TaskName);
        Assert.Equal(new[] { "TenantTaskExecutor" }, phase.TaskNames);
        Assert.Equal(JobStatus.Finished, phase.Status);
        Assert.Equal(TimeSpan.FromMilliseconds(9_999), phase.Duration);
        Assert.Equal(TimeSpan.FromMinutes(1), phase.TaskExecutorBrief!.Duration);
        Assert.Equal("Resource preparation", phase.TaskExecutorBrief.Description);

        JobTask task = Assert.Single(job.Tasks);
        Assert.Same(task, Assert.Single(phase.Tasks));
        Assert.Equal((12339, 89117), (task.JobId, task.Id));
        Assert.Equal((JobType.Create, JobStatus.Init), (task.Type, task.Status));
        Assert.Equal((string.Empty, "TenantTaskExecutor", "test"), (task.Assigned, task.TaskName, task.EngineName));
        Assert.Equal((0, -1), (task.TaskOrder, task.Timeout));
        Assert.Equal((string.Empty, "{}"), (task.Log, task.Output));
        Assert.Equal(Utc(1636540095910), task.CreateTime!.Value.ToUniversalTime());
        Assert.Equal(Utc(1636540110230), task.UpdateTime!.Value.ToUniversalTime());
        Assert.Equal("Tenant processing", task.TaskExecutorBrief!.Description);
    }

    [Theory]
    [InlineData("PreInit", JobStatus.PreInit)]
    [InlineData("Init", JobStatus.Init)]
    [InlineData("Executing", JobStatus.Executing)]
    [InlineData("ERROR", JobStatus.Error)]
    [InlineData("timeout", JobStatus.Timeout)]
    [InlineData("finished", JobStatus.Finished)]
    [InlineData("Rollbacking", JobStatus.Unknown)]
    [InlineData("4", JobStatus.Unknown)]
    [InlineData("Init, Error", JobStatus.Unknown)]
    [InlineData("", JobStatus.Unknown)]
    public void Status_is_read_in_any_case_and_what_is_new_is_unknown_with_its_text_kept(string text, JobStatus expected)
    {
        EngineJob job = Job($$"""{"id":1,"status":"{{text}}"}""");

        Assert.Equal((expected, text), (job.Status, job.StatusText));
    }

    [Theory]
    [InlineData("Updated", JobType.Updated)]
    [InlineData("Update", JobType.Update)]
    [InlineData("configure", JobType.Configure)]
    [InlineData("Migrate", JobType.Unknown)]
    public void Type_is_read_the_same_way(string text, JobType expected) =>
        Assert.Equal((expected, text), (Job($$"""{"id":1,"type":"{{text}}"}""").Type, Job($$"""{"id":1,"type":"{{text}}"}""").TypeText));

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"\"")]
    [InlineData("\"0\"")]
    [InlineData("999999999999999999")]
    [InlineData("253402300799999")]
    public void A_time_that_is_absent_or_no_time_is_null(string time)
    {
        EngineJob job = Job($$"""{"id":1,"startTime":1636540095901,"endTime":{{time}}}""");

        Assert.Null(job.EndTime);
        Assert.Null(job.Duration);
        Assert.NotNull(job.StartTime);
    }

    [Fact]
    public void An_end_before_the_start_gives_no_duration() =>
        Assert.Null(Job("""{"id":1,"startTime":1636540460230,"endTime":1636540095901}""").Duration);

    [Fact]
    public void Numbers_may_come_as_strings_flags_as_booleans_and_texts_as_anything()
    {
        EngineJob job = Job("""
            {"id":"9007199254740993","startTime":"1636540095901","endTime":1.636540460230E12,"scheduling":true,
             "description":5,"context":{"a":[1]},"createUser":null,
             "tasks":[{"jobId":"7","taskOrder":"3","timeout":true,"id":"8"}]}
            """);

        Assert.Equal(9_007_199_254_740_993, job.Id);
        Assert.Equal(TimeSpan.FromMilliseconds(364_329), job.Duration);
        Assert.True(job.Scheduling);
        Assert.Equal(("5", """{"a":[1]}""", null), (job.Description, job.Context, job.CreateUser));
        Assert.Equal((7, 3, 1, 8), (job.Tasks[0].JobId, job.Tasks[0].TaskOrder, job.Tasks[0].Timeout, job.Tasks[0].Id));
    }

    [Theory]
    [InlineData("""{"status":"Error"}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"twelve"}""")]
    [InlineData("""{"id":1.5}""")]
    [InlineData("""{"id":1,"startTime":"yesterday"}""")]
    [InlineData("""{"id":1,"tasks":{"jobId":1}}""")]
    [InlineData("""{"id":1,"tasks":[1]}""")]
    public void What_would_be_guessed_wrong_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Job(json));

    [Fact]
    public void Field_names_are_read_in_any_case() =>
        Assert.Equal("x", Job("""{"ID":1,"tasks":[{"jobId":1,"taskexEcutorBrief":{"Description":"x"}}]}""").Tasks[0].TaskExecutorBrief!.Description);

    [Fact]
    public void Unknown_fields_are_kept_as_plain_values()
    {
        IReadOnlyDictionary<string, object?> extra = Job("""
            {"id":1,"region":"cn-north-4","retries":3,"ratio":0.5,"flag":true,"none":null,"list":["a",1],"nested":{"k":"v"}}
            """).AdditionalProperties;

        Assert.Equal(new[] { "flag", "list", "nested", "none", "ratio", "region", "retries" }, extra.Keys.Order());
        Assert.Equal(
            new object?[] { "cn-north-4", 3L, 0.5, true, null },
            new[] { extra["region"], extra["retries"], extra["ratio"], extra["flag"], extra["none"] });
        Assert.Equal(new object[] { "a", 1L }, extra["list"]);
        Assert.Equal("v", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(extra["nested"])["k"]);
        Assert.Equal("k=v", extra["nested"]!.ToString());
    }

    [Fact]
    public void Unknown_fields_of_phases_and_tasks_are_kept_too()
    {
        EngineJob job = Job("""{"id":1,"tasks":[{"taskNames":[],"p":1,"tasks":[{"jobId":1,"t":2}]}]}""");

        Assert.Equal(1L, job.Phases[0].AdditionalProperties["p"]);
        Assert.Equal(2L, job.Tasks[0].AdditionalProperties["t"]);
    }

    [Theory]
    [InlineData("""[{"jobId":1,"taskName":"a"}]""", 0, 1)]
    [InlineData("""[{"taskName":"p","tasks":[{"jobId":1},{"jobId":1,"taskOrder":1}]}]""", 1, 2)]
    [InlineData("""[{"taskName":"p","taskNames":["x"]}]""", 1, 0)]
    [InlineData("""[{"taskName":"p","taskNames":["x"],"tasks":null}]""", 1, 0)]
    [InlineData("""[{"taskName":"t","status":"Init"},null]""", 0, 1)]
    [InlineData("""[]""", 0, 0)]
    [InlineData("null", 0, 0)]
    public void Each_element_of_tasks_is_judged_by_its_own_fields(string tasks, int phases, int flat)
    {
        EngineJob job = Job($$"""{"id":1,"tasks":{{tasks}}}""");

        Assert.Equal((phases, flat), (job.Phases.Count, job.Tasks.Count));
    }

    [Fact]
    public void A_job_without_tasks_has_empty_lists()
    {
        EngineJob job = Job("""{"id":1}""");

        Assert.Empty(job.Phases);
        Assert.Empty(job.Tasks);
    }

    [Fact]
    public void Tasks_come_in_order_of_execution() => Assert.Equal(
        new long[] { 10, 11, 12, 13 },
        Job("""
            {"id":1,"tasks":[{"taskNames":[],"tasks":[{"id":12,"taskOrder":2},{"id":10,"taskOrder":0}]},
                             {"taskNames":[],"tasks":[{"id":13,"taskOrder":3},{"id":11,"taskOrder":1}]}]}
            """).Tasks.Select(task => task.Id));

    [Fact]
    public void Where_the_order_begins_again_in_every_phase_the_phases_come_first() => Assert.Equal(
        new long[] { 10, 11, 20, 21 },
        Job("""
            {"id":1,"tasks":[{"taskNames":[],"tasks":[{"id":11,"taskOrder":1},{"id":10,"taskOrder":0}]},
                             {"taskNames":[],"tasks":[{"id":20,"taskOrder":0},{"id":21,"taskOrder":1}]}]}
            """).Tasks.Select(task => task.Id));

    [Theory]
    [InlineData(@"\u001b[31mred", "␛[31mred")]
    [InlineData(@"a\u0000b\u0007c\u009bd\u007f", "a␀b␇c�d␡")]
    [InlineData(@"line 1\r\nline 2\tend", "line 1\r\nline 2\tend")]
    [InlineData(@"over\rwrite", "over␍write")]
    [InlineData("升级 引擎 ✔ \\ud83d\\ude80", "升级 引擎 ✔ 🚀")]
    [InlineData(@"half \ud83d pair", "half � pair")]
    public void Text_is_made_safe_and_nothing_else_of_it_changes(string json, string expected) =>
        Assert.Equal(expected, Job($$"""{"id":1,"description":"{{json}}"}""").Description);

    [Fact]
    public void Bytes_that_are_not_utf8_cost_a_character_and_not_the_page()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"id":1,"description":"a?b"}""");
        body[Array.IndexOf(body, (byte)'?')] = 0xff;

        Assert.Equal("a�b", JobReader.ReadAnswer(body, new TextPool()).Description);
    }

    [Theory]
    [InlineData("""{"total":2,"data":[{"id":1},{"id":2}]}""")]
    [InlineData("""[{"total":2,"data":[{"id":1},{"id":2}]}]""")]
    [InlineData("""{"OK":[{"total":2,"data":[{"id":1},{"id":2}]}]}""")]
    [InlineData("""{"ok":{"Total":"2","DATA":[{"id":1},null,{"id":2}],"more":{"data":[]}}}""")]
    public void A_page_reads_in_each_documented_shape(string json)
    {
        ListAnswer<EngineJob> page = Page(json);

        Assert.Equal(2, page.Total);
        Assert.Equal(new long[] { 1, 2 }, page.Data.Select(job => job.Id));
    }

    [Theory]
    [InlineData("""{"total":0,"data":null}""", 0L)]
    [InlineData("""{"total":0}""", 0L)]
    [InlineData("""{"data":[]}""", null)]
    [InlineData("""{"total":null,"data":[]}""", null)]
    [InlineData("[]", null)]
    public void An_empty_page_is_a_page(string json, long? total)
    {
        Assert.Empty(Page(json).Data);
        Assert.Equal(total, Page(json).Total);
    }

    [Theory]
    [InlineData("""{"error_code":"SVCSTG.1","error_msg":"x"}""")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("""{"data":{"id":1}}""")]
    [InlineData("""{"total":1,"data":[{"id":1}""")]
    public void What_is_no_page_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Page(json));

    [Fact]
    public void Jobs_sort_by_start_then_id_and_those_not_started_come_last()
    {
        EngineJob[] jobs = [Job("""{"id":3}"""), Job("""{"id":2,"startTime":2000}"""), Job("""{"id":1,"startTime":2000}"""), Job("""{"id":4,"startTime":1000}""")];

        Assert.Equal(new long[] { 4, 1, 2, 3 }, jobs.Order().Select(job => job.Id));
    }

    private static DateTime Utc(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;

    private static EngineJob Job(string json) => JobReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool());

    private static ListAnswer<EngineJob> Page(string json) => JobReader.ReadPage(Encoding.UTF8.GetBytes(json), new TextPool());
}
