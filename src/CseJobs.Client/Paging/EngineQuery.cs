namespace CseJobs.Client.Paging;

/// <summary>Which engines to list.</summary>
public sealed class EngineQuery
{
    /// <summary>Engines asked for per request unless the caller chooses (query parameter <c>limit</c>).</summary>
    public const int DefaultPageSize = 100;

    /// <summary>Largest page that is asked for. The API documents no maximum; servers may return less than asked.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>The documented values of <see cref="Type"/>.</summary>
    public static IReadOnlyList<string> Types { get; } = new[] { "ALL", "CSE", "Nacos", "MicroGateway" };

    /// <summary>Kind of engine (query parameter <c>type</c>), one of <see cref="Types"/> in any case; null leaves it to the server.</summary>
    public string? Type { get; init; }

    /// <summary>Engines per request, 1 to <see cref="MaxPageSize"/> (query parameter <c>limit</c>).</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>The kind as the documents spell it: the server may know no other case.</summary>
    internal string? WireType => Types.FirstOrDefault(type => type.Equals(Type, StringComparison.OrdinalIgnoreCase));

    /// <summary>Checks the query; <see cref="CseClient.ListEngines"/> does so as well.</summary>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which.</exception>
    public void Validate()
    {
        if (PageSize is < 1 or > MaxPageSize)
            throw new ArgumentException($"The page size {PageSize} does not lie between 1 and {MaxPageSize}.");

        if (Type is not null && WireType is null)
            throw new ArgumentException($"'{SafeText.Quote(Type)}' is no kind of engine: {string.Join(", ", Types)}.");
    }
}
