using System.Management.Automation;

namespace CseJobs.Waiting;

/// <summary>What a job in the pipeline tells of itself, as it was when it was read.</summary>
internal sealed class PipedJobHint
{
    /// <summary>Its type: a deletion may take its engine along before it is read for the first time.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Type { get; set; }

    /// <summary>Its state: a job that was retried a moment ago may still read Error.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Status { get; set; }
}
