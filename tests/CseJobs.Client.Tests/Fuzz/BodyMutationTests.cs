using System.Text;
using System.Text.Json;
using CseJobs.Client.Http;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>
/// Recorded bodies, mutated: whatever a server sends, reading it ends in jobs or in a JsonException, and reading what it says
/// about an error never fails. Seeded, so that a failure can be repeated.
/// </summary>
public sealed class BodyMutationTests
{
    private const int BodiesASeed = 50_000;

    private static readonly string[] Corpus =
    [
        """{"id":12339,"engineId":"ad76972c","type":"Create","description":"","status":"Finished","scheduling":0,"createUser":"test","startTime":1636540095901,"endTime":1636540460230,"context":"","tasks":[{"taskName":"resourcePrepare","taskNames":["TenantTaskExecutor"],"status":"Finished","startTime":1636540100216,"endTime":1636540110215,"taskExecutorBrief":{"duration":60000,"description":"Resource preparation"},"tasks":[{"jobId":12339,"id":89117,"type":"Create","assigned":"","taskName":"TenantTaskExecutor","engineName":"test","taskOrder":0,"status":"Init","startTime":1636540100216,"endTime":1636540110215,"createTime":1636540095910,"updateTime":1636540110230,"timeout":-1,"log":"","output":"{}","taskExecutorBrief":{"duration":60000,"description":"Tenant processing"}}]}]}""",
        """{"total":100,"data":[{"id":12339,"engineId":"ad76972c","type":"Create","description":"","status":"Finished","scheduling":0,"createUser":"test","startTime":1636540095901,"endTime":1636540460230,"context":"string","tasks":[{"jobId":12339,"id":89117,"taskName":"T","taskOrder":0,"status":"Init","timeout":-1,"log":"string","output":"{}","taskExecutorBrief":{"duration":6000,"description":"Tenant processing"}}]}]}""",
        """{"total":3,"data":[{"id":3,"engineId":"ad76972c","type":"Upgrade","description":"升级","status":"Error","scheduling":1,"createUser":null,"startTime":1636540095901,"context":"","tasks":[]},{"id":2,"engineId":"ad76972c","type":"Modify","description":"a \"b\"","status":"Executing","scheduling":0,"createUser":"test","context":"{\"v\":1}","tasks":[{"jobId":2,"id":1,"type":"Modify","assigned":"","taskName":"T","engineName":"e","taskOrder":1,"status":"Init","startTime":-1,"endTime":0,"createTime":1,"updateTime":2,"timeout":-1,"log":"a\nb","output":"{}","taskExecutorBrief":{"duration":6000,"description":"d"}},{"jobId":2,"id":2,"taskOrder":0}]},{"id":1}]}""",
        """{"OK":[{"total":"2","data":[{"id":"9007199254740993","extra":{"a":[1,2.5,null,true,"x\u001b[31m"]},"tasks":null},{"ID":3,"startTime":"0","tasks":[null]}]}]}""",
        """[{"total":1,"data":[{"id":1,"description":"升级 \ud83d\ude80 é","log":"a\r\nb","big":1e400,"tasks":[{"taskNames":[],"tasks":[]}]}]}]""",
        """{"errorCode":"SVCSTG.00501116","errorMessage":"engine does not exist","detail":"d"}""",
        """{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"},"request_id":"r"}""",
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502</h1></center></body></html>",
    ];

    // One for all bodies: what one leaves in it must not change how another reads.
    private static readonly TextPool Texts = new();

    private static readonly byte[][] Tokens = new[]
    {
        "null", "true", "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "-1", "1e999", "9223372036854775808", "\"id\":", "\"tasks\":[", "\"data\":", "\uFEFF", "\u001b[2J", "[[[[[[[[",
    }.Select(Encoding.UTF8.GetBytes).ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_mutated_body_gives_jobs_or_a_json_error_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        byte[][] corpus = Corpus.Select(Encoding.UTF8.GetBytes).ToArray();
        int read = 0;
        for (int i = 0; i < BodiesASeed; i++)
        {
            byte[] body = Mutate(corpus[random.Next(corpus.Length)], random);
            try
            {
                read += ReadEverything(body);
            }
            catch (Exception e) when (e is not JsonException)
            {
                Assert.Fail($"seed {seed}, body {i}: {e.GetType().Name}: {e.Message}\n{Convert.ToBase64String(body)}");
            }
        }

        // The mutations must leave something to read, or the test proves nothing.
        Assert.InRange(read, BodiesASeed / 20, BodiesASeed);
    }

    private static int ReadEverything(byte[] body)
    {
        ArraySegment<byte> segment = BodyText.ToUtf8(new ArraySegment<byte>(body), "utf-8");
        ErrorBody error = ErrorBody.Read(segment, text => text);
        Assert.DoesNotContain(error.Message ?? string.Empty, c => char.IsControl(c) && c is not ('\n' or '\t' or '\r'));
        _ = ErrorBody.FirstWords(segment, text => text);

        int read = 0;
        read += Try(() => Touch(JobReader.ReadAnswer(segment, Texts)));
        read += Try(() => JobReader.ReadPage(segment, Texts).Data.ForEach(Touch));
        return Math.Min(1, read);
    }

    private static int Try(Action read)
    {
        try
        {
            read();
            return 1;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    /// <summary>Everything that is worked out when it is looked at.</summary>
    private static void Touch(EngineJob? job)
    {
        if (job is null)
        {
            return;
        }

        Look(job.Type, job.Status, job.StartTime, job.EndTime, job.Duration, job.AdditionalProperties.ToString(), job.Phases.ToString(), job.Tasks.ToString(), job.ToString());
        foreach (JobPhase phase in job.Phases)
        {
            Look(phase.Status, phase.StartTime, phase.Duration, phase.TaskNames.ToString(), phase.AdditionalProperties.ToString(), phase.TaskExecutorBrief?.Duration, phase.Tasks.ToString());
        }

        foreach (JobTask task in job.Tasks)
        {
            Look(task.Status, task.Type, task.CreateTime, task.UpdateTime, task.Duration, task.AdditionalProperties.ToString(), task.TaskExecutorBrief?.Duration, task.ToString());
        }
    }

    private static void Look(params object?[] values) => GC.KeepAlive(values);

    private static byte[] Mutate(byte[] original, Random random)
    {
        var body = new List<byte>(original);
        int times = random.Next(1, 5);
        for (int i = 0; i < times && body.Count > 0; i++)
        {
            int at = random.Next(body.Count);
            int length = Math.Min(random.Next(1, 24), body.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    body.RemoveRange(at, length);
                    break;
                case 3:
                    body.InsertRange(at, body.GetRange(at, length));
                    break;
                case 4:
                    body.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 5:
                    body.InsertRange(random.Next(body.Count), body.GetRange(at, length));
                    break;
                default:
                    if (random.Next(4) == 0)
                    {
                        body.RemoveRange(at, body.Count - at);
                    }

                    break;
            }
        }

        return body.ToArray();
    }
}
