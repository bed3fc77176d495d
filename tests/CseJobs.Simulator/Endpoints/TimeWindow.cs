using System.Globalization;

namespace CseJobs.Simulator.Endpoints;

/// <summary>How the server reads from-time and to-time. The specification says "start/end time of the query date range" and no more.</summary>
internal enum WindowReading
{
    /// <summary>Milliseconds, both ends inclusive.</summary>
    Milliseconds,

    /// <summary>Milliseconds, both ends exclusive.</summary>
    Exclusive,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Days such as 2026-11-20, of the zone +08:00.</summary>
    Dates,

    /// <summary>Times such as 2026-11-20 12:00:00, of the zone +08:00.</summary>
    LocalTimes,

    /// <summary>ISO 8601 with a zone.</summary>
    Iso,

    /// <summary>Milliseconds, compared with the end of a job; one that runs lies in no window.</summary>
    ByEnd,

    /// <summary>Not at all: all jobs are sent.</summary>
    Ignored,

    /// <summary>As parameters that do not exist: 400.</summary>
    Refused,
}

/// <summary>The window of a list call, as a server of one reading understands it.</summary>
internal sealed class TimeWindow
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private readonly WindowReading _reading;
    private readonly long? _from;
    private readonly long? _to;

    private TimeWindow(WindowReading reading, long? from, long? to)
    {
        _reading = reading;
        _from = from;
        _to = to;
    }

    /// <summary>Whether there is anything to compare.</summary>
    public bool IsOpen => _reading == WindowReading.Ignored || (_from is null && _to is null);

    /// <summary>Reads both ends; <paramref name="problem"/> says what is wrong if the result is null.</summary>
    public static TimeWindow? Parse(WindowReading reading, ListQuery query, out string problem)
    {
        long? from = null;
        long? to = null;
        problem = (reading == WindowReading.Refused ? query.From ?? query.To : null) is not null ? "unknown parameter from-time or to-time"
            : reading == WindowReading.Ignored || (TryRead(reading, query.From, out from) && TryRead(reading, query.To, out to)) ? ""
            : "from-time or to-time is no time in the format of this server";
        problem = problem.Length == 0 && from > to ? "from-time is later than to-time" : problem;
        return problem.Length == 0 ? new TimeWindow(reading, from, to) : null;
    }

    /// <summary>Whether a job lies in the window.</summary>
    public bool Includes(SimulatedJob job)
    {
        if (IsOpen)
        {
            return true;
        }

        if ((_reading == WindowReading.ByEnd ? job.EndTime : job.StartTime) is not long time)
        {
            return false;
        }

        long value = _reading switch
        {
            WindowReading.Seconds => time / 1000,
            WindowReading.Dates => DateTimeOffset.FromUnixTimeMilliseconds(time).ToOffset(Zone).Date.Ticks,
            WindowReading.LocalTimes => time / 1000 * 1000,
            _ => time,
        };
        int slack = _reading == WindowReading.Exclusive ? 1 : 0;
        return !(value < _from + slack) && !(value > _to - slack);
    }

    private static bool TryRead(WindowReading reading, string? text, out long? value)
    {
        value = null;
        if (text is null)
        {
            return true;
        }

        if (reading is WindowReading.Milliseconds or WindowReading.Exclusive or WindowReading.Seconds or WindowReading.ByEnd)
        {
            bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
            value = number;
            return isNumber;
        }

        if (reading == WindowReading.Iso)
        {
            bool isIso = text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant);
            value = isIso ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds() : null;
            return isIso;
        }

        string format = reading == WindowReading.Dates ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
        bool isDate = DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date);
        value = reading == WindowReading.Dates ? date.Ticks : new DateTimeOffset(date.Ticks, TimeSpan.Zero).ToUnixTimeMilliseconds() - (long)Zone.TotalMilliseconds;
        return isDate;
    }
}
