using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CseJobs.Simulator.Scenarios;

/// <summary>
/// The oddities of the scenario <c>odd</c>. A job's number in its engine decides which kind it gets, so that the list and the
/// detail call agree and every kind occurs among the first <see cref="Kinds"/> jobs. Kind 0 is left as it is.
/// </summary>
internal static class OddJobs
{
    /// <summary>The kind whose jobs also get ids above 2^53, if the engine was made for this scenario.</summary>
    public const int WideIdKind = 8;

    /// <summary>
    /// Beyond the largest integer up to which a double is exact, and odd, so that a reader that goes through double is
    /// caught. Adding even numbers keeps it so.
    /// </summary>
    public const long FirstWideId = 9_007_199_254_740_993;

    // ESC with a colour, NUL, BEL, and the one-character form of ESC [ (C1).
    private const string Control = "\u001b[31mred\u001b[0m \0\a \u009b31m";
    private const string Foreign = "升级引擎 Überprüfung данные 🚀";

    private static readonly Action<JsonObject>[] All =
    [
        _ => { },
        UnknownEnums,
        NumbersAsStrings,
        ExtraFields,
        Nulls,
        job => EndTimes(job, 0),
        job => EndTimes(job, -1),
        MissingFields,
        WideNumbers,
        ControlCharacters,
        MisspeltKeys,
        TrueTimeout,
        OtherCase,
    ];

    /// <summary>How many kinds there are.</summary>
    public static int Kinds => All.Length;

    /// <summary>Gives a job its oddity.</summary>
    public static void Distort(SimulatedJob job, JsonObject json) => All[job.Number % All.Length](json);

    private static void UnknownEnums(JsonObject job)
    {
        job["type"] = "Migrate";
        job["status"] = "Suspended";
        foreach (JsonObject part in Parts(job))
        {
            part["status"] = "Skipped";
        }
    }

    private static void NumbersAsStrings(JsonObject job)
    {
        Quote(job, "id", "scheduling", "startTime", "endTime");
        foreach (JsonObject part in Parts(job))
        {
            Quote(part, "jobId", "id", "taskOrder", "startTime", "endTime", "createTime", "updateTime", "timeout");
            if (part["taskExecutorBrief"] is JsonObject brief)
            {
                Quote(brief, "duration");
            }
        }
    }

    private static void ExtraFields(JsonObject job)
    {
        job["priority"] = 5;
        job["ratio"] = 0.25;
        job["labels"] = new JsonObject { ["team"] = "payments", ["nested"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null, true) } };
        job["history"] = new JsonArray(new JsonObject { ["status"] = "Init", ["tasks"] = new JsonArray() });
        foreach (JsonObject part in Parts(job))
        {
            part["retries"] = 2;
            part["node"] = new JsonObject { ["ip"] = "192.168.0.17", ["zones"] = new JsonArray("az1", "az2") };
            if (part["taskExecutorBrief"] is JsonObject brief)
            {
                brief["unit"] = "ms";
            }
        }
    }

    private static void Nulls(JsonObject job)
    {
        foreach (string name in (string[])["type", "description", "status", "scheduling", "createUser", "startTime", "endTime", "context"])
        {
            job[name] = null;
        }

        foreach (JsonObject part in Parts(job))
        {
            foreach (string name in (string[])["assigned", "startTime", "endTime", "timeout", "log", "output", "taskExecutorBrief", "taskNames"])
            {
                if (part.ContainsKey(name))
                {
                    part[name] = null;
                }
            }
        }
    }

    private static void EndTimes(JsonObject job, int value)
    {
        job["startTime"] = value;
        job["endTime"] = value;
        foreach (JsonObject part in Parts(job))
        {
            part["startTime"] = value;
            part["endTime"] = value;
        }
    }

    private static void MissingFields(JsonObject job)
    {
        Remove(job, "engineId", "type", "description", "scheduling", "createUser", "startTime", "endTime", "context");
        foreach (JsonObject part in Parts(job))
        {
            Remove(part, "jobId", "type", "engineName", "status", "taskExecutorBrief", "timeout", "log", "output", "taskNames");
        }
    }

    private static void WideNumbers(JsonObject job)
    {
        long next = FirstWideId;
        foreach (JsonObject part in Parts(job))
        {
            if (part.ContainsKey("jobId"))
            {
                part["id"] = next += 2;
            }
        }
    }

    private static void ControlCharacters(JsonObject job)
    {
        job["description"] = $"{Foreign} {Control}\r\n\tsecond line";
        job["createUser"] = "Zoë\u202eevil " + Control;
        job["context"] = Control;
        foreach (JsonObject part in Parts(job))
        {
            part["taskName"] += Control;
            if (part.ContainsKey("log"))
            {
                part["log"] = $"first {Foreign}\nsecond {Control}";
            }
        }
    }

    // As the vendor's own OpenAPI example spells it.
    private static void MisspeltKeys(JsonObject job)
    {
        foreach (JsonObject part in Parts(job))
        {
            if (part.Remove("taskExecutorBrief", out JsonNode? brief))
            {
                part["taskexEcutorBrief"] = brief;
            }
        }
    }

    private static void TrueTimeout(JsonObject job)
    {
        foreach (JsonObject part in Parts(job))
        {
            if (part.ContainsKey("timeout"))
            {
                part["timeout"] = true;
            }
        }
    }

    private static void OtherCase(JsonObject job)
    {
        job["type"] = job["type"]!.GetValue<string>().ToUpperInvariant();
        job["status"] = job["status"]!.GetValue<string>().ToUpperInvariant();
    }

    // Phases and sub-jobs, at whatever depth.
    private static IEnumerable<JsonObject> Parts(JsonObject parent)
    {
        if (parent["tasks"] is not JsonArray tasks)
        {
            yield break;
        }

        foreach (JsonNode? node in tasks)
        {
            if (node is JsonObject part)
            {
                yield return part;
                foreach (JsonObject inner in Parts(part))
                {
                    yield return inner;
                }
            }
        }
    }

    private static void Quote(JsonObject json, params string[] names)
    {
        foreach (string name in names)
        {
            if (json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
            {
                json[name] = value.GetValue<long>().ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static void Remove(JsonObject json, params string[] names)
    {
        foreach (string name in names)
        {
            json.Remove(name);
        }
    }
}
