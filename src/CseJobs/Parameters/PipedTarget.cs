using System.Collections;
using System.ComponentModel;

namespace CseJobs.Parameters;

/// <summary>
/// What one object in the pipeline names, read from the object itself. The binder alone cannot be trusted with it: it drops what it
/// cannot convert, takes an engine's Id for a job's, and leaves a parameter alone that $PSDefaultParameterValues has filled in.
/// </summary>
internal sealed record PipedTarget(object Item)
{
    /// <summary>The engine; null when the object names none.</summary>
    public string? EngineId { get; init; }

    /// <summary>The engine's name, if the object tells it; the name of anything else is none.</summary>
    public string? EngineName => (JobId is null ? Property("EngineName") ?? Property("Name") : Property("EngineName")).Bare() as string;

    /// <summary>The job; null when the object is an engine.</summary>
    public long? JobId { get; init; }

    /// <summary>Whether the object is no more than an id, as people type it: the engine of a bare job id may be the session's.</summary>
    public bool IsBare { get; init; }

    /// <summary>What is wrong with the object; null when nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads an object; a list counts as its entries.</summary>
    public static IEnumerable<PipedTarget> Of(object? input) => input.Bare() switch
    {
        null => [new PipedTarget(string.Empty) { Problem = "There is nothing in the pipeline but $null, which names no engine." }],
        IList list => list.Cast<object?>().SelectMany(Of),
        CseSession session => [new PipedTarget(session)],
        string or Guid or ValueType => [OfId(input.Bare()!)],
        IDictionary table => [new PipedTarget(table) { Problem = "A hashtable in the pipeline names no engine. Make it an object: [pscustomobject]@{ EngineId = '…' }" }],
        _ => [OfObject(input!)],
    };

    /// <summary>The session that read the object, or its name where the object has been through a file or another process; null when unknown.</summary>
    public object? Session => Item as CseSession ?? SessionStore.Of(CseClient.ReaderOf(Item.Bare())) ?? Property("Session").Bare() switch
    {
        CseSession known => known,
        string { Length: > 0 } name => (object)name,
        _ => null,
    };

    /// <summary>A property of the object; null when it has none of that name.</summary>
    public object? Property(string name) => PSObject.AsPSObject(Item).Properties[name]?.Value;

    /// <summary>The property as a number, from 1; null for anything else.</summary>
    public long? Number(string name) => JobIds.Read(Property(name)) is > 0 and var number ? number : null;

    private static PipedTarget OfId(object given) => (given is string text ? EngineIds.Trimmed(text) : given) switch
    {
        (string or Guid) and var id when JobIds.Read(id) is null => new PipedTarget(id) { EngineId = id.ToString(), IsBare = true },
        var id => JobIds.Read(id) is { } job ? new PipedTarget(id) { JobId = job, IsBare = true } : new PipedTarget(id) { Problem = JobIds.Refusal(id) },
    };

    private static PipedTarget OfObject(object input)
    {
        var target = new PipedTarget(input);
        string? engine = target.Property("EngineId").Bare() is string or Guid ? target.Property("EngineId")!.ToString() : null;
        engine = string.IsNullOrEmpty(engine) ? null : EngineIds.Trimmed(engine);
        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(input).Properties;

        // A sub-job names its job in JobId; its own Id is another number.
        if (properties["JobId"] is { } jobId)
            return target.WithJob(engine, jobId.Value, "JobId");

        if (properties["Id"] is not { } id)
            return engine is null ? target with { Problem = "An object in the pipeline names no engine: it has neither a property EngineId nor Id." } : target with { EngineId = engine };

        // Engines have both, and both the same; one that was selected by its Id has no other.
        return id.Value.Bare() is string or Guid && JobIds.Read(id.Value) is null && id.Value.ToString() is { Length: > 0 } text
            && (engine is null ? !JobIds.IsLikeNumber(text) : EngineIds.Trimmed(text).Equals(engine, StringComparison.OrdinalIgnoreCase))
            ? target with { EngineId = EngineIds.Trimmed(text) }
            : target.WithJob(engine, id.Value, "Id");
    }

    private PipedTarget WithJob(string? engine, object? id, string property) => JobIds.Read(id) is { } job
        ? this with { EngineId = engine, JobId = job }
        : this with { Problem = $"Of an object in the pipeline the property {property} is read as the id of a job. {JobIds.Refusal(id)}" };
}

/// <summary>Ids of engines as people type and paste them.</summary>
internal static class EngineIds
{
    /// <summary>The text without blanks around it, and without the braces that Windows writes around UUIDs.</summary>
    public static string Trimmed(string text) => text.Trim(' ', '\t', '\u00a0', '\u3000') switch
    {
        "" => text,
        ['{', .. var inner, '}'] when Guid.TryParse(inner, out _) => Trimmed(inner),
        var trimmed => trimmed,
    };
}

/// <summary>Ids of jobs as they come: numbers of any kind that is whole, and texts of digits.</summary>
internal static class JobIds
{
    /// <summary>The id; null for what is none.</summary>
    public static long? Read(object? value) => value.Bare() switch
    {
        string text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null,
        long and >= 0 and var id => id,
        int and >= 0 or short and >= 0 or sbyte and >= 0 or byte or ushort or uint => Convert.ToInt64(value.Bare(), CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The same, of what was typed: blanks around it do not count.</summary>
    public static long? ReadTyped(object? value) => Read(value.Bare() is string text ? EngineIds.Trimmed(text) : value);

    /// <summary>Whether a text is a number that is no id (-5, 12,339, 1.2E+04): such a one is no engine's id either.</summary>
    public static bool IsLikeNumber(string text) => double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _);

    public static string Refusal(object? value) =>
        $"'{SafeText.Quote(Convert.ToString(value.Bare(), CultureInfo.InvariantCulture) ?? string.Empty)}' is no job id: that is a whole number, 12339 for example.";
}

/// <summary>
/// The parameter that takes each object of the pipeline as it is. A dynamic one: it is there only in a pipeline, where nobody has to
/// type it, and one that needs a conversion: were it bound before the others, the binder would settle on a parameter set too soon.
/// </summary>
internal sealed class PipelineInput
{
    /// <summary>The object; its entries where it is a list.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PipelineItem[] InputObject { get; set; } = [];
}

/// <summary>One object of the pipeline; PowerShell makes it of anything.</summary>
/// <param name="value">The object.</param>
[TypeConverter(typeof(Converter))]
internal sealed class PipelineItem(object? value)
{
    public object? Value => value;

    private sealed class Converter : PSTypeConverter
    {
        public override bool CanConvertFrom(object? sourceValue, Type destinationType) => true;

        public override object ConvertFrom(object? sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => new PipelineItem(sourceValue);

        public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

        public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new NotSupportedException();
    }
}
