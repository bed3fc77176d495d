using System.Globalization;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The query of the call that lists engines, read as strictly as that of jobs.</summary>
internal sealed class EngineQuery
{
    private static readonly string[] Names = ["offset", "limit", "type"];
    private static readonly string[] Types = ["ALL", "CSE", "Nacos", "MicroGateway"];

    private readonly Dictionary<string, string?> _values = [];

    private EngineQuery()
    {
    }

    public long Offset => Number("offset") ?? 0;

    public long? Limit => Number("limit");

    /// <summary>The kinds of engine that are asked for; anything but the four documented words was refused before.</summary>
    public string Type => _values.GetValueOrDefault("type") ?? "ALL";

    /// <summary>Reads the query; <paramref name="refusal"/> answers it if the result is null.</summary>
    public static EngineQuery? Parse(ApiCall call, out Answer? refusal)
    {
        var query = new EngineQuery();
        string? problem = null;
        foreach ((string name, string? text) in call.Target.Parameters())
        {
            problem ??= !Names.Contains(name) ? $"unknown parameter {name}"
                : !query._values.TryAdd(name, text) ? $"{name} is given more than once"
                : name != "type" && query.Number(name) is null ? $"{name} must be a number that is not negative"
                : null;
        }

        if (problem is null && query.Limit == 0)
        {
            problem = "limit must be positive";
        }

        refusal = problem is not null ? Errors.InvalidParameter(call, problem)
            : !Types.Contains(query.Type) ? Errors.BadEngineType(call, $"type {query.Type}")
            : null;
        return refusal is null ? query : null;
    }

    /// <summary>Whether an engine is of the kind asked for.</summary>
    public bool Wants(SimulatedEngine engine) => Type switch
    {
        "CSE" => engine.Kind is EngineKind.ServiceComb or EngineKind.Shared,
        "Nacos" => engine.Kind is EngineKind.Nacos,
        "MicroGateway" => engine.Kind is EngineKind.MicroGateway,
        _ => true,
    };

    private long? Number(string name) =>
        _values.TryGetValue(name, out string? text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : null;
}
