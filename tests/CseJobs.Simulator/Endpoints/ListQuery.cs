using System.Globalization;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The query of the list call, read as strictly as a server might.</summary>
internal sealed class ListQuery
{
    private ListQuery()
    {
    }

    public long? Offset { get; private set; }

    public long? Limit { get; private set; }

    /// <summary>The window's ends as they came: what they mean is the engine's (<see cref="TimeWindow"/>).</summary>
    public string? From { get; private set; }

    public string? To { get; private set; }

    /// <summary>Reads the query; <paramref name="problem"/> says what is wrong if the result is null.</summary>
    public static ListQuery? Parse(RequestTarget target, out string problem)
    {
        var query = new ListQuery();
        var seen = new HashSet<string>();
        problem = "";
        foreach ((string name, string? text) in target.Parameters())
        {
            bool time = name is "from-time" or "to-time";
            if (!seen.Add(name))
            {
                problem = $"{name} is given more than once";
            }
            else if (!time && name is not ("offset" or "limit"))
            {
                problem = $"unknown parameter {name}";
            }
            else if (time)
            {
                query.From = name == "from-time" ? text ?? "" : query.From;
                query.To = name == "to-time" ? text ?? "" : query.To;
                continue;
            }
            else if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                problem = $"{name} must be a number that is not negative";
            }
            else
            {
                query.Offset = name == "offset" ? value : query.Offset;
                query.Limit = name == "limit" ? value : query.Limit;
                continue;
            }

            return null;
        }

        problem = query.Limit == 0 ? "limit must be positive" : "";
        return problem.Length == 0 ? query : null;
    }
}
