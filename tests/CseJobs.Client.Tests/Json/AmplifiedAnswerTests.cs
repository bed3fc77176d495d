using System.Text;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using CseJobs.Client.Json;
using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Json;

/// <summary>Bodies that are small packed and would be gigabytes as objects, and numbers chosen to collide.</summary>
public sealed class AmplifiedAnswerTests
{
    private const int Many = 1_000_000;

    public static TheoryData<string, string, string> Shapes() => new()
    {
        { """{"total":1,"data":[{"id":1,"tasks":[""", "{},", "]}]}" },
        { """{"total":1,"data":[""", """{"id":1},""", "]}" },
        { """{"total":1,"data":[{"id":1,"x":[""", "0,", "]}]}" },
        { """{"total":1,"data":[{"id":1,"x":[""", "[],", "]}]}" },
        { """{"total":1,"data":[{"id":1,"tasks":[{"taskNames":[""", "\"\",", "]}]}]}" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_page_that_holds_far_more_than_was_asked_for_is_not_read_to_its_end(string begin, string item, string end)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => Body(begin, item, end));
        using CseClient client = Connect(api);
        using Pager<EngineJob> pager = client.ListJobs("e");

        await AssertRefusedAsync(api, () => pager.NextAsync());
    }

    [Theory]
    [InlineData("""{"id":5,"tasks":[{"tasks":[""", "{},", "]}]}")]
    [InlineData("""{"id":5,"x":[""", "0,", "]}")]
    [InlineData("""{"id":5,"x":{"y":[""", "{},", "]}}")]
    [InlineData("""{"x":[""", "0,", "]}")]
    public async Task Nor_is_one_job_or_engine(string begin, string item, string end)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => Body(begin, item, end));
        using CseClient client = Connect(api);

        await AssertRefusedAsync(api, () => client.GetJobAsync("5", 5));
    }

    [Fact]
    public async Task Nor_are_engines()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => Body("""{"data":[""", """{"id":"e","vmIds":["a","b"]},""", "]}"));
        using CseClient client = Connect(api);
        using Pager<Engine> pager = client.ListEngines();

        await AssertRefusedAsync(api, () => pager.NextAsync());
    }

    [Theory]
    [InlineData(100, 1000, true)]
    [InlineData(100, 1001, false)]
    [InlineData(1, 1000, true)]
    [InlineData(1000, 10_000, true)]
    [InlineData(1000, 10_001, false)]
    public void A_server_may_send_ten_times_what_was_asked_for(int asked, int sent, bool isRead)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{\"total\":9,\"data\":[{string.Join(',', Enumerable.Range(1, sent).Select(id => $"{{\"id\":{id}}}"))}]}}");

        Exception? error = Record.Exception(() => Assert.Equal(sent, JobReader.ReadPage(body, new TextPool(), new AnswerLimit(asked)).Data.Count));

        Assert.Equal(isRead ? null : $"The server sent {sent:N0} jobs where {asked} were asked for.", error?.Message);
    }

    [Fact]
    public void What_is_no_list_is_not_searched_for_an_error_when_it_is_large()
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{{string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"\"f{i}\":0,"))}\"error_code\":\"X.1\"}}");
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith("{\"f0\":0,", ErrorBody.Read(body, text => text).Message, StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, body.Length);
    }

    [Fact]
    public async Task A_caller_that_stops_does_not_wait_until_a_large_answer_is_read()
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => Body("""{"id":5,"x":[""", "0,", "]}", 150_000));
        using CseClient client = Connect(api);
        using var cancel = new CancellationTokenSource();
        var stops = new StopsWhenReceived(cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetJobAsync("e", 5, stops, cancel.Token));
        Assert.Equal(5, (await client.GetJobAsync("e", 5)).Id);
    }

    [Fact]
    public void Ids_that_are_chosen_to_have_one_hash_code_have_many_here()
    {
        const int Count = 80_000;
        var hash = new SeenIds.SeededComparer();
        List<long> ids = Enumerable.Range(1, Count).Select(i => ((long)i << 32) | (uint)(i ^ 0x5a5a5a5)).ToList();

        Assert.Single(ids.Select(id => id.GetHashCode()).Distinct());
        Assert.InRange(ids.Select(hash.GetHashCode).Distinct().Count(), Count * 9 / 10, Count);
    }

    [Fact]
    public void Places_in_the_order_that_are_chosen_so_cost_no_more_than_others()
    {
        TimeSpan honest = Time(i => i);
        TimeSpan chosen = Time(i => ((long)i << 32) | (uint)(i ^ 0x5a5a5a5));

        Assert.True(chosen < honest * 15, $"{chosen} against {honest}");

        static TimeSpan Time(Func<int, long> order)
        {
            byte[] body = Encoding.UTF8.GetBytes(
                $"{{\"id\":1,\"tasks\":[{{\"taskNames\":[],\"tasks\":[{string.Join(',', Enumerable.Range(1, 40_000).Select(i => $"{{\"taskOrder\":{order(i)}}}"))}]}}]}}");
            long start = TimeProvider.System.GetTimestamp();
            Assert.Equal(40_000, JobReader.ReadAnswer(body, new TextPool()).Tasks.Count);
            return TimeProvider.System.GetElapsedTime(start);
        }
    }

    private static string Body(string begin, string item, string end, int count = Many) =>
        begin + string.Concat(Enumerable.Repeat(item, count)).TrimEnd(',') + end;

    private static async Task AssertRefusedAsync(ScriptedApi api, Func<Task> call)
    {
        CseApiException error = await Assert.ThrowsAsync<CseApiException>(call);

        Assert.Equal(CseErrorReason.MalformedResponse, error.Reason);
        Assert.StartsWith("The server's answer holds more than ", error.Message, StringComparison.Ordinal);
        Assert.Single(api.Targets);
    }

    /// <summary>Would try again what may pass; this does not.</summary>
    private static CseClient Connect(ScriptedApi api) => new(
        new CseClientOptions { Endpoint = api.Address, ProjectId = "p", TimeProvider = new TestClock() }, new TokenCredential("token-of-the-tests"));

    private sealed class StopsWhenReceived(CancellationTokenSource cancel) : ICallObserver
    {
        public void RequestEnded(RequestTrace trace) => cancel.Cancel();

        public void Waiting(RetryWait wait)
        {
        }
    }
}
