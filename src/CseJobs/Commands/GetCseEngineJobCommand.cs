using System.Management.Automation;
using CseJobs.Client.Jobs;
using CseJobs.Completion;
using CseJobs.Errors;
using CseJobs.Listing;
using CseJobs.Parameters;

namespace CseJobs.Commands;

/// <summary>Lists the jobs of engines, or reads single jobs with their phases and sub-jobs.</summary>
[Cmdlet(VerbsCommon.Get, "CseEngineJob", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EngineJob))]
public sealed partial class GetCseEngineJobCommand : CseSessionCmdlet, IDynamicParameters
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    // As many connections as a session opens.
    private const int MaxThrottleLimit = 64;

    // What is done but waits for its turn to be shown must not stop what could be done: so much more than the limit is begun.
    private const int WindowFactor = 2;

    private JobFilter _filter = null!;
    private JobQuery _query = null!;
    private readonly Refusal _refusal = new();
    private SemaphoreSlim _turns = null!;

    /// <summary>
    /// The engines. From the pipeline: ids, or objects with a property EngineId. In the set List it must not bind by property
    /// name: a job that is piped in would then list its whole engine instead of giving its details.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ListSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [EngineIdTransformation]
    [ArgumentCompleter(typeof(EngineIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The jobs to read with all details.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("JobId")]
    [JobIdTransformation]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [ValidateNotNullOrEmpty]
    public long[] Id { get; set; } = Array.Empty<long>();

    /// <summary>
    /// Only the newest job of each engine, with all details. An engine without jobs gives nothing. No set of its own: with a third
    /// one PowerShell no longer finds out that an engine in the pipeline is none that has a job's Id.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Latest { get; set; }

    /// <summary>Earliest start time, inclusive. A date, a TimeSpan or a text such as -2h, -7d or today.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TimeTransformation]
    public DateTimeOffset From { get; set; }

    /// <summary>Latest start time, inclusive. A date, a TimeSpan or a text such as -2h, -7d or today.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TimeTransformation]
    public DateTimeOffset To { get; set; }

    /// <summary>Only jobs in one of these states.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public JobStatus[]? Status { get; set; }

    /// <summary>Only jobs of one of these types.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public JobType[]? Type { get; set; }

    /// <summary>Jobs asked for per request, 1 to 1000; 100 by default.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, JobQuery.MaxPageSize)]
    public int PageSize { get; set; } = JobQuery.DefaultPageSize;

    /// <summary>
    /// Requests under way at once, 1 to 64; 1 by default. With more, several jobs are read by id side by side, or several
    /// engines listed; the output keeps the order of the input.
    /// </summary>
    [Parameter]
    [ValidateRange(1, MaxThrottleLimit)]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Dictionary<string, object> bound = MyInvocation.BoundParameters;
        _query = new JobQuery
        {
            From = bound.ContainsKey(nameof(From)) ? From : null,
            To = bound.ContainsKey(nameof(To)) ? To : null,
            PageSize = PageSize,
        };
        _turns = new SemaphoreSlim(ThrottleLimit);
        _filter = new JobFilter(Status, Type, PagingParameters.Skip, PagingParameters.First);
        try
        {
            _query.Validate();
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(e, null));
        }

        if (_query.From is not null || _query.To is not null)
        {
            WriteVerbose($"Jobs started from {Utc(_query.From)} to {Utc(_query.To)}, both inclusive (UTC).");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            ReadJobs();
            return;
        }

        if (Latest)
        {
            ReadLatestJobs();
            return;
        }

        // -First 0 -IncludeTotalCount asks for the count alone.
        bool countOnly = PagingParameters.IncludeTotalCount && PagingParameters.First == 0;
        foreach (string engine in Engines())
        {
            if (_filter.IsSatisfied && !countOnly)
            {
                return;
            }

            ListEngine(engine);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        EmitListings(left: 0);
        EmitReads(left: 0);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            ForgetListings();
        }
    }

    private static string Utc(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "any time";

    /// <summary>The engines given, else the session's own.</summary>
    private string[] Engines() => EngineId is { Length: > 0 } engines ? engines : new[] { EngineOfSession() };
}
