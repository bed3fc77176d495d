using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CseJobs.Parameters;

/// <summary>
/// Takes the id out of an object that describes an engine. Objects that describe a job (they have a numeric Id as well) are
/// left alone: they are to be bound by their properties.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EngineIdTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData switch
        {
            object?[] list => list.Select(ToId).ToArray(),
            PSObject { BaseObject: IList list } => list.Cast<object?>().Select(ToId).ToArray(),
            _ => ToId(inputData),
        };

    private static object? ToId(object? value)
    {
        if (value is null or string or PSObject { BaseObject: string })
        {
            return value;
        }

        PSObject wrapped = PSObject.AsPSObject(value);
        return wrapped.Properties["EngineId"]?.Value is { } id && !IsNumeric(wrapped, "Id") && !IsNumeric(wrapped, "JobId")
            ? id.ToString()
            : value;
    }

    private static bool IsNumeric(PSObject value, string property) =>
        value.Properties[property]?.Value is { } id && LanguagePrimitives.TryConvertTo(id, out long _);
}
