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

    public long? From { get; private set; }

    public long? To { get; private set; }

    /// <summary>Reads the query; <paramref name="problem"/> says what is wrong if the result is null.</summary>
    public static ListQuery? Parse(RequestTarget target, out string problem)
    {
        var query = new ListQuery();
        var seen = new HashSet<string>();
        problem = "";
        foreach ((string name, string? text) in target.Parameters())
        {
            // Times may lie before 1970; counts may not be negative.
            bool time = name is "from-time" or "to-time";
            if (!seen.Add(name))
            {
                problem = $"{name} is given more than once";
            }
            else if (!time && name is not ("offset" or "limit"))
            {
                problem = $"unknown parameter {name}";
            }
            else if (!long.TryParse(text, time ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                problem = time ? $"{name} must be a time in milliseconds" : $"{name} must be a number that is not negative";
            }
            else
            {
                query.Set(name, value);
                continue;
            }

            return null;
        }

        problem = query.Limit == 0 ? "limit must be positive" : query.From > query.To ? "from-time is later than to-time" : "";
        return problem.Length == 0 ? query : null;
    }

    private void Set(string name, long value)
    {
        switch (name)
        {
            case "offset":
                Offset = value;
                break;
            case "limit":
                Limit = value;
                break;
            case "from-time":
                From = value;
                break;
            default:
                To = value;
                break;
        }
    }
}
