using System.Collections;

namespace CseJobs.Parameters;

/// <summary>
/// Takes the id of an object that describes an engine. An object with a numeric Id as well describes a job and is refused, so
/// that in a pipeline it is bound by its properties.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EngineIdTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Bare() is IList list
            ? list.Cast<object?>().Select(ToId).ToArray()
            : ToId(inputData);

    private static object? ToId(object? value)
    {
        if (value is null or string or PSObject { BaseObject: string })
            return value;

        PSObject wrapped = PSObject.AsPSObject(value);
        if (wrapped.Properties["EngineId"]?.Value is not { } id)
            return value;

        return IsNumeric(wrapped, "Id") || IsNumeric(wrapped, "JobId")
            ? throw BindingRejection.Create("This is a job, not an engine. Pipe the job in, or pass its EngineId.")
            : id.ToString();
    }

    private static bool IsNumeric(PSObject value, string property) =>
        value.Properties[property]?.Value is { } id && LanguagePrimitives.TryConvertTo(id, out long _);
}
