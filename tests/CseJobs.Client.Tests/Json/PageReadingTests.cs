using System.Text;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Json;

/// <summary>A job in an unusual form must not cost the others of its page anything.</summary>
public sealed class PageReadingTests
{
    private const string Usual = """{"id":2,"engineId":"e","type":"Modify","description":"d","status":"Error","scheduling":1,"createUser":"u","startTime":1,"endTime":2,"context":"","tasks":[{"jobId":2,"id":3,"type":"Modify","assigned":"","taskName":"t","engineName":"e","taskOrder":0,"status":"Init","startTime":1,"endTime":2,"createTime":3,"updateTime":4,"timeout":-1,"log":"l","output":"{}","taskExecutorBrief":{"duration":5,"description":"b"}}]}""";

    [Theory]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"unknown":{"a":[1]}}""")]
    [InlineData("""{ "id" : 1 }""")]
    [InlineData("""{"ID":"1","Status":"Error"}""")]
    [InlineData("""{"id":1,"startTime":1.5e3,"scheduling":true,"context":{"a":1}}""")]
    [InlineData("""{"id":1,"tasks":[{"taskNames":["x"],"tasks":[{"jobId":1}]}]}""")]
    [InlineData("""{"id":1,"tasks":null}""")]
    [InlineData("""{"id":1,"tasks":[null,{"jobId":1,"id":7}]}""")]
    [InlineData("""{"id":1,"description":"\ud83d\ude80 \"quoted\" \\ \u001b[31m"}""")]
    [InlineData("""{"id":1,"description":"升级"}""")]
    [InlineData("""{"id":9007199254740993}""")]
    public void A_job_in_any_form_among_usual_ones_is_read_as_it_is_alone(string job)
    {
        ListAnswer<EngineJob> page = Page($"{{\"total\":3,\"data\":[{Usual},{job},{Usual}]}}");

        EngineJob alone = JobReader.ReadAnswer(Encoding.UTF8.GetBytes(job), new TextPool());
        Assert.Equal(3, page.Data.Count);
        EngineJob read = page.Data[1];
        Assert.Equal(
            (alone.Id, alone.Description, alone.StatusText, alone.Context, alone.Scheduling, alone.StartTime),
            (read.Id, read.Description, read.StatusText, read.Context, read.Scheduling, read.StartTime));
        Assert.Equal(alone.Tasks.Select(task => (task.JobId, task.Id)), read.Tasks.Select(task => (task.JobId, task.Id)));
        Assert.Equal(alone.Phases.Count, read.Phases.Count);
        Assert.Equal(alone.AdditionalProperties.Keys, read.AdditionalProperties.Keys);
        Assert.All(new[] { page.Data[0], page.Data[2] }, usual => Assert.Equal("b", usual.Tasks[0].TaskExecutorBrief!.Description));
    }

    [Fact]
    public void The_usual_form_reads_field_for_field()
    {
        EngineJob job = Page($"{{\"total\":1,\"data\":[{Usual}]}}").Data[0];

        Assert.Equal((2, "e", "Modify", "d", "Error", true, "u", ""), (job.Id, job.EngineId, job.TypeText, job.Description, job.StatusText, job.Scheduling, job.CreateUser, job.Context));
        Assert.Equal((1, 2), (job.StartTimeMs, job.EndTimeMs));
        JobTask task = job.Tasks[0];
        Assert.Equal((2, 3, "Modify", "", "t", "e", 0, "Init"), (task.JobId, task.Id, task.TypeText, task.Assigned, task.TaskName, task.EngineName, task.TaskOrder, task.StatusText));
        Assert.Equal((1, 2, 3, 4, -1, "l", "{}", 5), (task.StartTimeMs, task.EndTimeMs, task.CreateTimeMs, task.UpdateTimeMs, task.Timeout, task.Log, task.Output, task.TaskExecutorBrief!.DurationMs));
    }

    [Fact]
    public void Texts_of_one_page_and_the_next_are_shared()
    {
        var texts = new TextPool();
        byte[] body = Encoding.UTF8.GetBytes($"{{\"total\":1,\"data\":[{Usual}]}}");

        Assert.Same(JobReader.ReadPage(body, texts).Data[0].StatusText, JobReader.ReadPage(body, texts).Data[0].StatusText);
    }

    private static ListAnswer<EngineJob> Page(string json) => JobReader.ReadPage(Encoding.UTF8.GetBytes(json), new TextPool());
}
