using System.Text;
using System.Xml;
using CseJobs.Client.Http;
using CseJobs.Client.Text;
using Xunit;

namespace CseJobs.Client.Tests.Text;

/// <summary>Characters that XML cannot hold would break Export-Clixml, Start-Job and remoting; those that turn a line hide what it says.</summary>
public sealed class UnholdableTextTests
{
    [Theory]
    [InlineData("\\ufffe")]
    [InlineData("\\uffff")]
    [InlineData("\ufffe")]
    [InlineData("\uffff")]
    [InlineData("\\ud83d")]
    public async Task They_are_replaced_in_every_text_of_an_object(string sent)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync(_ => """
            {"id":1,"description":"aSENTb","createUser":"SENT","context":{"a":"SENT"},"SENT":["SENT",{"SENT":"SENT"}],
            "tasks":[{"taskName":"SENT","taskNames":["SENT"],"tasks":[{"jobId":1,"log":"SENT","taskExecutorBrief":{"description":"SENT"}}]}]}
            """.Replace("SENT", sent, StringComparison.Ordinal));
        using CseClient client = api.Connect();

        EngineJob job = await client.GetJobAsync("e", 1);

        Assert.Equal("a\ufffdb", job.Description);
        var unknown = (IReadOnlyDictionary<string, object?>)((object?[])Assert.Single(job.AdditionalProperties).Value!)[1]!;
        string all = string.Join('|', job.CreateUser, job.Context, job.AdditionalProperties, unknown, job.Phases[0].TaskName, job.Phases[0].TaskNames, job.Tasks[0].Log, job.Tasks[0].TaskExecutorBrief);
        Assert.Equal(all, XmlConvert.VerifyXmlChars(all));
    }

    [Fact]
    public void What_is_whole_stays_as_it_is()
    {
        const string Text = "\U0001F680\U0001FFFE 升级 é \ufffd\ufdd0 \r\n\t~";

        Assert.Same(Text, SafeText.Clean(Text));
        Assert.Equal("\ufffd\ufffd\U0001F680\ufffd", SafeText.Clean("\ude80\ud83d\U0001F680\ud83d"));
    }

    [Fact]
    public void A_cut_leaves_no_half_of_a_character()
    {
        string text = new string('a', 79) + "\U0001F680";
        string message = new string('a', 299) + "\U0001F680";
        byte[] json = Encoding.UTF8.GetBytes($"{{\"error_msg\":\"{message}\"}}");

        Assert.False(SafeText.HasHalfCharacter(SafeText.Quote(text)));
        Assert.False(SafeText.HasHalfCharacter(ErrorBody.Read(json, said => said).Message!));
        Assert.False(SafeText.HasHalfCharacter(ErrorBody.FirstWords(Encoding.UTF8.GetBytes(message), said => said)!));
    }

    [Theory]
    [InlineData(502, "<html>\u202Eevil\u202C \u2066iso</html>")]
    [InlineData(200, "\u202Enot json \u2066x")]
    public async Task Words_of_a_page_cannot_turn_the_direction_of_a_message(int status, string page)
    {
        await using ScriptedApi api = await ScriptedApi.StartAsync((_, _) => (status, page));
        using CseClient client = api.Connect();

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => client.GetJobAsync("e", 1));

        Assert.Equal(error.Message, SafeText.CleanLine(error.Message));
        Assert.Contains("\ufffd", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-32", null)]
    [InlineData("utf-32", "utf-32")]
    [InlineData("utf-32BE", null)]
    [InlineData("utf-32BE", "utf-8")]
    [InlineData("utf-32", "utf-16")]
    [InlineData("utf-16", "utf-32")]
    [InlineData("utf-16BE", "utf-8")]
    public void A_byte_order_mark_says_what_an_answer_is_written_in(string encoding, string? declared)
    {
        const string Text = """{"total":1,"data":[{"id":1,"description":"升级"}]}""";
        Encoding written = Encoding.GetEncoding(encoding);
        byte[] body = [.. written.GetPreamble(), .. written.GetBytes(Text)];

        Assert.Equal(Text, Encoding.UTF8.GetString(BodyText.ToUtf8(body, declared)));
    }
}
