using System.Management.Automation;
using CseJobs.Language;

namespace CseJobs.Parameters;

/// <summary>Lets a time parameter take everything that <see cref="TimeText"/> understands.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Bare();
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
