using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CseJobs.Client.Text;

namespace CseJobs.Parameters;

/// <summary>
/// Turns what stands for a job id into a number: digits in a text (rows of Import-Csv) and any integer type. It runs already in
/// the binder's pass without type coercion, so that such input is bound to -Id before anything else takes it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether a text that is no number counts as no job at all. Engines in the pipeline have an Id too, and where a job is
    /// optional, they are meant as they are.
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

    private static ArgumentTransformationMetadataException NoId(string? text) =>
        FailedCast.Because($"'{SafeText.Quote(text ?? string.Empty)}' is no job id: that is a whole number, 12339 for example.");

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
            int number => ToId((long)number),
            < 0L => throw NoId(inner.ToString()),
            double or float or decimal => throw NoId(Convert.ToString(inner, CultureInfo.InvariantCulture)),
            // A sub-job names its job in JobId; its own Id is another number.
            JobTask task => task.JobId,
            PSObject { BaseObject: PSCustomObject } copy when IsCopyOfTask(copy) => ToId(copy.Properties["JobId"].Value),
            _ => value,
        };
    }
}
