using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CseJobs.Simulator.Http;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Endpoints;

/// <summary>Turns jobs into bodies, distorted where a scenario wants it.</summary>
internal static class JobRenderer
{
    /// <summary>The body of a page.</summary>
    public static byte[] Page(ApiCall call, ListPlan plan, SimulatedJob[] jobs, int? total)
    {
        (string open, string close) = plan.Envelope switch
        {
            Envelope.Array => ("[", "]"),
            Envelope.Ok => ("{\"OK\":[", "]}"),
            _ => ("", ""),
        };
        string count = total is int known ? string.Create(CultureInfo.InvariantCulture, $"\"total\":{known},") : "";
        byte[] head = Encoding.UTF8.GetBytes(open + "{" + count + "\"data\":[");
        byte[] tail = Encoding.UTF8.GetBytes("]}" + close);
        byte[][] items = [.. jobs.Select(job => One(call, job, plan.Tasks))];

        // The size is known beforehand: one array without zeroing, and one copy of each item.
        byte[] body = GC.AllocateUninitializedArray<byte>(
            head.Length + items.Sum(item => item.Length) + Math.Max(0, items.Length - 1) + tail.Length);
        int at = Append(body, 0, head);
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                body[at++] = (byte)',';
            }

            at = Append(body, at, items[i]);
        }

        Append(body, at, tail);
        return body;
    }

    /// <summary>One job as the scenarios of the call want it.</summary>
    public static byte[] One(ApiCall call, SimulatedJob job, TaskShape tasks)
    {
        byte[] plain = tasks == TaskShape.Flat ? JobWriter.ListItem(job) : JobWriter.Render(job, tasks);
        JsonObject? node = null;
        foreach (ScenarioUse use in call.Scenarios)
        {
            if (use.Scenario.Distort is { } distort)
            {
                node ??= (JsonObject)JsonNode.Parse(plain)!;
                distort(job, node);
            }
        }

        return node is null ? plain : JsonText.Render(json => node.WriteTo(json));
    }

    private static int Append(byte[] body, int at, byte[] bytes)
    {
        bytes.CopyTo(body, at);
        return at + bytes.Length;
    }
}
