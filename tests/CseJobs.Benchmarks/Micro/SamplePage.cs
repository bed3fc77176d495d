using System.Globalization;
using System.Text;

namespace CseJobs.Benchmarks;

/// <summary>A page of 1,000 jobs as a server sends it: compact, mostly the same texts.</summary>
internal static class SamplePage
{
    public const int Jobs = 1000;

    public static byte[] Create(long firstId = 1, int jobs = Jobs, long total = 100_000)
    {
        string[] types = ["Configure", "Modify", "Upgrade", "Updated"];
        string[] statuses = ["Finished", "Finished", "Finished", "Finished", "Error"];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"total\":{total},\"data\":[");
        for (int i = 0; i < jobs; i++)
        {
            long id = firstId + i;
            long start = 1_636_540_095_901 + (id * 1000);
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""
                {"id":{{{id}}},"engineId":"3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60","type":"{{{types[i % 4]}}}","description":"Change security authentication","status":"{{{statuses[i % 5]}}}","scheduling":0,"createUser":"ops-{{{i % 7}}}","startTime":{{{start}}},"endTime":{{{start + 364_329}}},"context":"","tasks":[{"jobId":{{{id}}},"id":{{{id * 9}}},"type":"{{{types[i % 4]}}}","assigned":"node-{{{i % 3}}}","taskName":"TenantTaskExecutor","engineName":"cse-3f2b8c1e","taskOrder":0,"status":"Finished","startTime":{{{start}}},"endTime":{{{start + 9_999}}},"createTime":{{{start}}},"updateTime":{{{start + 10_000}}},"timeout":-1,"log":"","output":"{}","taskExecutorBrief":{"duration":60000,"description":"Tenant processing"}}]}
                """);
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
