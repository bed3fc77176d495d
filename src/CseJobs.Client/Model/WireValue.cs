using System.Collections.ObjectModel;

namespace CseJobs.Client.Model;

/// <summary>A list that reads as its items, so that a cell of Export-Csv holds names and not the name of a .NET type.</summary>
internal sealed class ItemList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    public static new ItemList<T> Empty { get; } = new([]);

    public override string ToString() => string.Join("; ", this);
}

/// <summary>Fields by name, in any case, that read as their content for the same reason.</summary>
internal sealed class FieldMap() : ReadOnlyDictionary<string, object?>(new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase))
{
    public static FieldMap None { get; } = new();

    public override string ToString() => string.Join("; ", this.Select(field => $"{field.Key}={field.Value}"));

    /// <summary>For the reader of JSON only.</summary>
    internal void Set(string name, object? value) => Dictionary[name] = value;
}

/// <summary>Reads the API's open enumerations: any case, and never an exception for a value that a newer server may send.</summary>
internal static class OpenEnum
{
    public static JobStatus ToJobStatus(string? text) => text switch
    {
        // The exact spellings first: a job is asked for its status once per filter, view and sort.
        "Finished" => JobStatus.Finished,
        "Error" => JobStatus.Error,
        "Executing" => JobStatus.Executing,
        _ => Parse<JobStatus>(text),
    };

    public static JobType ToJobType(string? text) => Parse<JobType>(text);

    // Unknown is 0. Digits are refused: Enum.TryParse would take "4" for Error.
    private static T Parse<T>(string? text)
        where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && !text.Contains(',') && Enum.TryParse(text, ignoreCase: true, out T value) ? value : default;
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

    /// <summary>The same, but to now while it goes on. The server's clock may be ahead: nothing has run for less than no time.</summary>
    public static TimeSpan? Lasting(long startMs, long endMs, bool goesOn, EngineJob? job) => Between(startMs, !goesOn ? endMs
        : Math.Max(startMs, (job?.Reader?.Options.TimeProvider ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds()));

    public static TimeSpan? ToDuration(long? ms) =>
        ms is >= 0 and <= MaxMs ? TimeSpan.FromTicks(ms.Value * TimeSpan.TicksPerMillisecond) : null;
}
