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
/// Takes the id of an object that describes an engine. An object with a numeric Id as well describes a job and is refused, so
/// that in a pipeline it is bound by its properties.
/// </summary>
internal sealed class EngineIdTransformationAttribute : EntryTransformationAttribute
{
    private protected override object? TransformEntry(object? value)
    {
        if (value.Bare() is null or string)
            return value;

        PSObject item = PSObject.AsPSObject(value!);
        if (item.Properties["EngineId"]?.Value is not { } id)
            return value;

        return IsNumeric(item, "Id") || IsNumeric(item, "JobId")
            ? throw FailedCast("This is a job, not an engine. Pipe the job in, or pass its EngineId.")
            : id.ToString();
    }

    private static bool IsNumeric(PSObject item, string property) =>
        item.Properties[property]?.Value is { } id && LanguagePrimitives.TryConvertTo(id, out long _);
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
        PassesEngines && inputData.Bare() is string text && !IsLikeNumber(text) ? null : base.Transform(engineIntrinsics, inputData);

    private protected override object? TransformEntry(object? value)
    {
        object? inner = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return inner switch
        {
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) => id,
            // It may be an engine's id, and is tried as one.
            string text when !IsLikeNumber(text) => throw FailedCast(Message(text)),
            int or short or sbyte => TransformEntry(Convert.ToInt64(inner, CultureInfo.InvariantCulture)),
            // A number (-5, '12,339', '1.2E+04') is no engine's id: as a failed cast it would let an object's engine be listed instead.
            string or < 0L or double or float or decimal => throw new ArgumentTransformationMetadataException(Message(Convert.ToString(inner, CultureInfo.InvariantCulture)!)),
            // A sub-job names its job in JobId; its own Id is another number.
            JobTask task => task.JobId,
            // A sub-job out of Select-Object, Import-Clixml or Import-Csv.
            PSObject copy when copy.Properties["TaskOrder"] is not null && copy.Properties["JobId"]?.Value is { } id => TransformEntry(id),
            _ => value,
        };
    }

    private static bool IsLikeNumber(string text) => double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _);

    private static string Message(string text) => $"'{SafeText.Quote(text)}' is no job id: that is a whole number, 12339 for example.";
}
