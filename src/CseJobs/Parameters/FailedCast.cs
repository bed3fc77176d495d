using System.Management.Automation;

namespace CseJobs.Parameters;

/// <summary>
/// A value that a parameter does not take, told as a failed cast: the binder then tries what came through the pipeline as something
/// else, and shows the message only where there is nothing else to try.
/// </summary>
internal static class FailedCast
{
    public static ArgumentTransformationMetadataException Because(string message) => new(message, new PSInvalidCastException(message));
}
