using System.Management.Automation;
using CseJobs.Client.Http;
using CseJobs.Language;

namespace CseJobs.Parameters;

/// <summary>Lets an address parameter take a bare host. A text that is no address is refused without being repeated, however long it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EndpointTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Scheme that a bare host gets; https by default.</summary>
    public string Scheme { get; set; } = Uri.UriSchemeHttps;

    /// <summary>Address to show as an example.</summary>
    public string Example { get; set; } = "https://cse.cn-north-4.myhuaweicloud.com";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Bare();
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

        return EndpointRules.FromText(text!, Scheme)
            ?? throw new ArgumentTransformationMetadataException("The address cannot be read. Example: " + Example);
    }
}
