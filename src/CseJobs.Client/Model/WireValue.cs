namespace CseJobs.Client.Model;

/// <summary>Reads the API's open enumerations: any case, and never an exception for a value that a newer server may send.</summary>
internal static class OpenEnum
{
    public static JobStatus ToJobStatus(string? text) => text switch
    {
        // The exact spellings first: a job is asked for its status once per filter, view and sort.
        "Finished" => JobStatus.Finished,
        "Error" => JobStatus.Error,
        "Executing" => JobStatus.Executing,
        _ => Parse(text, JobStatus.Unknown),
    };

    public static JobType ToJobType(string? text) => Parse(text, JobType.Unknown);

    // Digits are refused: Enum.TryParse would take "4" for Error.
    private static T Parse<T>(string? text, T unknown)
        where T : struct, Enum =>
        !string.IsNullOrEmpty(text) && char.IsLetter(text![0]) && text.IndexOf(',') < 0 && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value
            : unknown;
}

/// <summary>The API's times are epoch milliseconds; absent, 0 and negative all mean "not yet".</summary>
internal static class WireTime
{
    // 9999-12-31T23:59:59.999Z less a day, so that no time zone can push the local time out of range.
    private const long MaxMs = 253_402_300_799_999L - 86_400_000L;

    public static long? Normalize(long ms) => ms is > 0 and <= MaxMs ? ms : null;

    /// <summary>Local, because comparing a UTC <see cref="DateTime"/> with Get-Date compares wall clocks of two zones.</summary>
    public static DateTime? ToLocal(long ms) =>
        Normalize(ms) is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value).LocalDateTime : null;

    public static TimeSpan? Between(long startMs, long endMs) =>
        Normalize(startMs) is { } start && Normalize(endMs) is { } end && end >= start
            ? TimeSpan.FromTicks((end - start) * TimeSpan.TicksPerMillisecond)
            : null;

    public static TimeSpan? ToDuration(long? ms) =>
        ms is >= 0 and <= MaxMs ? TimeSpan.FromTicks(ms.Value * TimeSpan.TicksPerMillisecond) : null;
}
