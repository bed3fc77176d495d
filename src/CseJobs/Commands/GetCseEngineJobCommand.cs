using System.Collections;
using CseJobs.Client.Paging;
using CseJobs.Completion;
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

    private JobFilter _filter = null!;
    private JobQuery _query = null!;
    private OrderedOutput _output = null!;
    private readonly NewestJobHint _newest = new();

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
        _output = new OrderedOutput(ThrottleLimit, StopToken);
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
            WriteVerbose($"Jobs started from {Utc(_query.From)} to {Utc(_query.To)}, both inclusive (UTC).");
    }

    /// <inheritdoc/>
    // There only for engines that are piped in with -Latest: nobody is to type it, and listings have no use for it.
    object? IDynamicParameters.GetDynamicParameters() => Latest && MyInvocation.ExpectingInput ? _newest : null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string[] engines = EngineId is { Length: > 0 } given ? given : new[] { EngineOfSession() };
        if (ParameterSetName == IdSet)
        {
            RefuseWithId(engines);
            foreach (long id in Id)
                Read(engines[0], id, () => Current.Client.GetJobAsync(engines[0], id, Observer, StopToken)!);
        }
        else if (Latest)
        {
            RefuseWithLatest();

            // What was read of one engine says nothing of several.
            long? known = engines.Length == 1 && _newest.LatestJobId > 0 ? _newest.LatestJobId : null;
            foreach (string engine in engines)
                Read(engine, known, () => ReadLatestAsync(engine, known));
        }
        else
        {
            // -First 0 -IncludeTotalCount asks for the count alone.
            bool countOnly = PagingParameters.IncludeTotalCount && PagingParameters.First == 0;
            foreach (string engine in engines.TakeWhile(_ => !_filter.IsSatisfied || countOnly))
                List(engine);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _output.ShowAll();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _output?.Dispose();
    }

    private static string Utc(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "any time";

    private void RefuseWithId(string[] engines)
    {
        RefusePaging("-Id");
        if (engines.Length > 1)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Id reads the jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine."), engines));
        }
    }

    private void RefuseWithLatest()
    {
        RefusePaging("-Latest");
        Dictionary<string, object> bound = MyInvocation.BoundParameters;
        if (bound.ContainsKey(nameof(From)) || bound.ContainsKey(nameof(To)) || (bound.ContainsKey(nameof(PageSize)) && !HasDefaultPageSize()))
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Latest is one job of each engine, whenever it began: -From, -To and -PageSize apply to a list of jobs and cannot be combined with it."), null));
        }
    }

    private void RefusePaging(string parameter)
    {
        if (_filter.IsLimited || PagingParameters.IncludeTotalCount)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException($"-First, -Skip and -IncludeTotalCount apply to a list of jobs; they cannot be combined with {parameter}."), null));
        }
    }

    /// <summary>Whether $PSDefaultParameterValues has a page size: it is bound like one that was given, but says nothing of this call.</summary>
    private bool HasDefaultPageSize() =>
        GetVariableValue("PSDefaultParameterValues").Bare() is IDictionary defaults
        && defaults.Keys.Cast<object>().Any(key => $"{key}".EndsWith(":" + nameof(PageSize), StringComparison.OrdinalIgnoreCase));

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
}
