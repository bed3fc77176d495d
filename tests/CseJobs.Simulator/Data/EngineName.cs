using System.Globalization;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Data;

/// <summary>
/// Engines that describe themselves: <c>sim-</c> and then parts separated by hyphens, such as
/// <c>sim-jobs1000-records-max7-moving</c>.
/// </summary>
internal static class EngineName
{
    /// <summary>Starts every such name.</summary>
    public const string Prefix = "sim-";

    // Names come from the outside; this keeps a slip of the finger from eating the machine.
    private const int MostJobs = 2_000_000;

    /// <summary>Reads a name; null if it is no such name or a part of it is unknown.</summary>
    public static EngineDefinition? Parse(string id, SimulatorOptions options)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        EngineDefinition? definition = new(id) { Reading = options.OffsetReading, MaxLimit = options.MaxLimit };
        foreach (string part in id[Prefix.Length..].Split('-'))
        {
            definition = Apply(definition, part);
            if (definition is null)
            {
                return null;
            }
        }

        return definition;
    }

    private static EngineDefinition? Apply(EngineDefinition definition, string part)
    {
        if (ParseReading(part) is OffsetReading reading)
        {
            return definition with { Reading = reading };
        }

        if (ScenarioCatalog.Find(part) is ScenarioUse use)
        {
            definition.Scenarios.Add(use);
            return definition;
        }

        if (Number(part, "jobs") is int jobs && jobs <= MostJobs)
        {
            return definition with { Jobs = jobs };
        }

        if (Number(part, "max") is int max && max > 0)
        {
            return definition with { MaxLimit = max };
        }

        if (Text(part, "ep") is string enterpriseProject)
        {
            return definition with { EnterpriseProjectId = enterpriseProject };
        }

        // A free tag: another name is another engine, whose counters are fresh.
        return Text(part, "id") is null ? null : definition;
    }

    /// <summary>The reading a word stands for, in engine names and on the command line.</summary>
    public static OffsetReading? ParseReading(string word) => word switch
    {
        "pages0" => OffsetReading.PagesFromZero,
        "pages1" => OffsetReading.PagesFromOne,
        "records" => OffsetReading.Records,
        _ => null,
    };

    private static string? Text(string part, string word) =>
        part.StartsWith(word, StringComparison.Ordinal)
        && part.Length > word.Length
        && part.Skip(word.Length).All(char.IsAsciiLetterOrDigit)
            ? part[word.Length..]
            : null;

    private static int? Number(string part, string word) =>
        part.StartsWith(word, StringComparison.Ordinal)
        && int.TryParse(part.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
}
