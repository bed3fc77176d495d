using System.Collections;

namespace CseJobs.Parameters;

/// <summary>Base of the transformations that take one value or several: a list is transformed entry by entry.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class EntryTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Bare() is IList list ? list.Cast<object?>().Select(TransformEntry).ToArray() : TransformEntry(inputData);

    private protected abstract object? TransformEntry(object? value);

    /// <summary>
    /// An error with a failed cast as its cause: the binder then tries to bind the pipeline input to another parameter, and shows
    /// the message only when there is none.
    /// </summary>
    private protected static ArgumentTransformationMetadataException FailedCast(string message) => new(message, new PSInvalidCastException(message));
}

/// <summary>
/// Takes the id of an object that describes an engine. One that describes a job is refused, so that in a pipeline it is bound by its
/// properties; one that describes nothing is, lest its text be taken for an id.
/// </summary>
internal sealed class EngineIdTransformationAttribute : EntryTransformationAttribute
{
    private protected override object? TransformEntry(object? value)
    {
        // The binder makes texts of numbers and the like itself, after it has tried them as ids of jobs.
        if (value.Bare() is null or string or ValueType)
            return value.Bare() is string text ? EngineIds.Trimmed(text) : value;

        PipedTarget item = PipedTarget.Of(value).First();
        return item.JobId is not null ? throw FailedCast("This is a job, not an engine. Pipe the job in, or pass its EngineId.")
            : item.EngineId ?? throw FailedCast($"This names no engine. {item.Problem} Pass the engine's id, or an object with a property EngineId.");
    }
}

/// <summary>
/// Converts a job id to a number: a text of digits (rows of Import-Csv) and any integer type. The binder runs it already in its
/// pass without type coercion, so that such input is bound to -Id before another parameter takes it.
/// </summary>
internal sealed class JobIdTransformationAttribute : EntryTransformationAttribute
{
    /// <summary>
    /// Whether a text that is no number is read as no job id at all. Engines in the pipeline have an Id too; a cmdlet whose
    /// -Id is optional takes them as engines.
    /// </summary>
    public bool PassesEngines { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PassesEngines && inputData.Bare() is string text && JobIds.ReadTyped(text) is null && !JobIds.IsLikeNumber(text) ? null : base.Transform(engineIntrinsics, inputData);

    private protected override object? TransformEntry(object? value) => (value is PSObject { BaseObject: PSCustomObject } ? value : value.Bare()) switch
    {
        var id when JobIds.ReadTyped(id) is { } number => number,
        // It may be an engine's id, and is tried as one.
        string text when !JobIds.IsLikeNumber(text) => throw FailedCast(JobIds.Refusal(text)),
        // A number (-5, '12,339', '1.2E+04') is no engine's id: as a failed cast it would let an object's engine be listed instead.
        string or int or long or short or sbyte or double or float or decimal => throw new ArgumentTransformationMetadataException(JobIds.Refusal(value)),
        // A sub-job names its job in JobId; its own Id is another number.
        JobTask task => task.JobId,
        // A sub-job out of Select-Object, Import-Clixml or Import-Csv.
        PSObject copy when copy.Properties["TaskOrder"] is not null && copy.Properties["JobId"]?.Value is { } id => TransformEntry(id),
        _ => value,
    };
}

/// <summary>
/// Splits texts at commas, which is how pwsh -File hands over -Status Error,Timeout, and refuses what is no single value: PowerShell
/// would make one value of several names by adding their numbers.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EnumTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes more than one.</summary>
    public bool IsList { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData.Bare() is null)
            return inputData;

        object?[] entries = inputData.Bare() is IList list ? [.. list.Cast<object?>()] : [inputData];
        object[] values = entries.SelectMany(entry => entry.Bare() is string text ? text.Split(',') : new[] { entry.Bare() }).Select(Single).ToArray();
        return values.Length == 1 ? values[0] : IsList ? values
            : throw new ArgumentTransformationMetadataException($"One value is taken here, not {values.Length}.");
    }

    private object Single(object? value)
    {
        object? name = value is string text ? text.Trim() : value;
        if (name is not "" && LanguagePrimitives.TryConvertTo(name, type, CultureInfo.InvariantCulture, out object? member) && Enum.IsDefined(type, member))
            return member;

        throw new ArgumentTransformationMetadataException($"'{SafeText.Quote($"{value}")}' is none of {string.Join(", ", Enum.GetNames(type))}.");
    }
}
