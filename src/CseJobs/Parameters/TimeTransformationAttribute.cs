using System;
using System.Management.Automation;

namespace CseJobs.Parameters;

/// <summary>Lets a time parameter take everything that <see cref="TimeText"/> understands.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return TimeText.Parse(value, DateTimeOffset.Now);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
