using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Json;

/// <summary>Answers about something else than what was asked for: somebody would act on them.</summary>
public sealed class WrongTargetTests
{
    [Theory]
    [InlineData("""{"id":999,"engineId":"e","status":"Finished"}""", "Job 5 was asked for, and job 999 came.")]
    [InlineData("""{"id":999,"status":"Finished"}""", "Job 5 was asked for, and job 999 came.")]
    [InlineData("""{"id":5,"engineId":"other","status":"Finished"}""", "Engine 'e' was asked for, and engine 'other' came.")]
    public async Task The_details_of_another_job_are_not_believed(string body, string words) =>
        await AssertRefusedAsync(body, words, client => client.GetJobAsync("e", 5));

    [Fact]
    public async Task Nor_is_a_list_with_a_job_of_another_engine() => await AssertRefusedAsync(
        """{"total":2,"data":[{"id":1,"engineId":"e"},{"id":2,"engineId":"other"}]}""",
        "Engine 'e' was asked for, and engine 'other' came.",
        async client =>
        {
            using Pager<EngineJob> pager = client.ListJobs("e");
            await pager.NextAsync();
        });

    [Fact]
    public async Task Nor_is_another_engine() =>
        await AssertRefusedAsync("""{"id":"other","name":"n"}""", "Engine 'e' was asked for, and engine 'other' came.", client => client.GetEngineAsync("e"));

    [Fact]
    public async Task Nor_is_a_retry_on_another_engine() => await AssertRefusedAsync(
        """{"id":"other","name":"n","jobId":7}""",
        "Engine 'e' was asked for, and engine 'other' came. It begins: {\"id\":\"other\",\"name\":\"n\",\"jobId\":7}. It was not sent again, since it may have taken effect all the same.",
        client => client.RetryJobAsync("e"));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("E")]
    public async Task An_engine_that_is_not_named_or_named_in_another_case_is_the_one_asked_for(string named)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(number => number == 1
            ? $$"""{"total":1,"data":[{"id":5,"engineId":"{{named}}"}]}"""
            : $$"""{"id":5,"engineId":"{{named}}"}""");
        using CseClient client = api.Connect();
        using Pager<EngineJob> pager = client.ListJobs("e");
        string expected = named == "E" ? "E" : "e";

        Assert.Equal(expected, Assert.Single((await pager.NextAsync())!.Items).EngineId);
        Assert.Equal(expected, (await client.GetJobAsync("e", 5)).EngineId);
    }

    private static async Task AssertRefusedAsync(string body, string words, Func<CseClient, Task> call)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => body);
        using CseClient client = api.Connect();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => call(client));

        Assert.Equal(CseErrorReason.MalformedResponse, error.Reason);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
