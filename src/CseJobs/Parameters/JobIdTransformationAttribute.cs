using System.Collections;

namespace CseJobs.Parameters;

/// <summary>
/// Converts a job id to a number: a text of digits (rows of Import-Csv) and any integer type. The binder runs it already in its
/// pass without type coercion, so that such input is bound to -Id before another parameter takes it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether a text that is no number is read as no job id at all. Engines in the pipeline have an Id too; a cmdlet whose
    /// -Id is optional takes them as engines.
    /// </summary>
    public bool PassesEngines { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text when PassesEngines && !IsNumber(text) => null,
            string or PSObject => ToId(value),
            IList list => list.Cast<object?>().Select(ToId).ToArray(),
            _ => ToId(value),
        };
    }

    /// <summary>A text: it may be an engine's id, and is tried as one.</summary>
    private static ArgumentTransformationMetadataException NoId(string text) => BindingRejection.Create(Words(text));

    /// <summary>A number, which is no engine's id either: as a failed cast it would let an object's engine be listed instead.</summary>
    private static ArgumentTransformationMetadataException Never(string? text) => new(Words(text ?? string.Empty));

    private static string Words(string text) => $"'{SafeText.Quote(text)}' is no job id: that is a whole number, 12339 for example.";

    /// <summary>A sub-job out of Select-Object, Import-Clixml or Import-Csv.</summary>
    private static bool IsCopyOfTask(PSObject value) => value.Properties["TaskOrder"] is not null && value.Properties["JobId"]?.Value is not null;

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static object? ToId(object? value)
    {
        object? inner = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return inner switch
        {
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) => id,
            string text => throw NoId(text),
            int or short or sbyte => ToId(Convert.ToInt64(inner, CultureInfo.InvariantCulture)),
            < 0L => throw Never(inner.ToString()),
            double or float or decimal => throw Never(Convert.ToString(inner, CultureInfo.InvariantCulture)),
            // A sub-job names its job in JobId; its own Id is another number.
            JobTask task => task.JobId,
            PSObject { BaseObject: PSCustomObject } copy when IsCopyOfTask(copy) => ToId(copy.Properties["JobId"].Value),
            _ => value,
        };
    }
}

/// <summary>Refuses a value in a transformation.</summary>
internal static class BindingRejection
{
    /// <summary>
    /// An error with a failed cast as its cause: the binder then tries to bind the pipeline input to another parameter, and shows
    /// the message only when there is none.
    /// </summary>
    public static ArgumentTransformationMetadataException Create(string message) => new(message, new PSInvalidCastException(message));
}
