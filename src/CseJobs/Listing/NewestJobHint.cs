using System.Management.Automation;

namespace CseJobs.Listing;

/// <summary>
/// What an engine in the pipeline tells of its newest job: the engine need not be read for it then. The API promises no order of
/// its list of jobs, so that there is no third way.
/// </summary>
internal sealed class NewestJobHint
{
    /// <summary>The job's id; absent, or 0 out of an empty cell of a CSV, when the engine does not tell.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? LatestJobId { get; set; }
}
