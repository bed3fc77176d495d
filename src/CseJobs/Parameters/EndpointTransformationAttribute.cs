using System;
using System.Management.Automation;

namespace CseJobs.Parameters;

/// <summary>Lets an address parameter take a bare host: it gets https://.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EndpointTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        string? text = value switch
        {
            string given => given.Trim(),
            Uri { IsAbsoluteUri: false } given => given.OriginalString.Trim(),
            _ => null,
        };
        if (string.IsNullOrEmpty(text))
        {
            return inputData;
        }

        string address = text!.IndexOf("://", StringComparison.Ordinal) >= 0 ? text : "https://" + text;
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            ? uri
            : throw new ArgumentTransformationMetadataException("The address cannot be read. Example: https://cse.cn-north-4.myhuaweicloud.com");
    }
}
