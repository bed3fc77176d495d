using System.Collections;
using CseJobs.Client.Paging;
using CseJobs.Completion;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <summary>Lists the jobs of engines, or reads single jobs with their phases and sub-jobs.</summary>
[Cmdlet(VerbsCommon.Get, "CseEngineJob", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EngineJob))]
public sealed class GetCseEngineJobCommand : CseSessionCmdlet, IDynamicParameters
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    // As many connections as a session opens.
    private const int MaxThrottleLimit = 64;

    private JobFilter _filter = null!;
    private JobQuery _query = null!;
    private OrderedOutput _output = null!;
    private readonly NewestJobHint _newest = new();
    private bool _isEngineTyped;

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
        _isEngineTyped = IsBound(nameof(EngineId));
        _query = new JobQuery
        {
            From = IsBound(nameof(From)) ? From : null,
            To = IsBound(nameof(To)) ? To : null,
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
        string[] engines = EnginesOrDefault(EngineId);
        CheckCombination(engines);
        if (ParameterSetName == IdSet)
        {
            foreach (long id in Id)
                Read(engines[0], id, () => Current.Client.GetJobAsync(engines[0], id, Observer, StopToken)!);
        }
        else if (Latest)
        {
            // What was read of one engine says nothing of several, and what is piped in nothing of engines that were typed.
            long? known = !_isEngineTyped && engines.Length == 1 && _newest.LatestJobId > 0 ? _newest.LatestJobId : null;
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
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "any time";

    /// <summary>Ends the cmdlet where parameters of lists are combined with -Id or -Latest.</summary>
    private void CheckCombination(string[] engines)
    {
        bool hasId = ParameterSetName == IdSet;
        if ((hasId || Latest) && (_filter.IsLimited || PagingParameters.IncludeTotalCount))
            Refuse($"-First, -Skip and -IncludeTotalCount apply to a list of jobs; they cannot be combined with {(hasId ? "-Id" : "-Latest")}.");

        if (hasId && engines.Length > 1)
            Refuse("-Id reads the jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine.", engines);

        if (Latest && (IsBound(nameof(From)) || IsBound(nameof(To)) || (IsBound(nameof(PageSize)) && !HasDefaultPageSize())))
            Refuse("-Latest is one job of each engine, whenever it began: -From, -To and -PageSize apply to a list of jobs and cannot be combined with it.");
    }

    /// <summary>Whether $PSDefaultParameterValues has a page size: it is bound like one that was given, but says nothing of this call.</summary>
    private bool HasDefaultPageSize() =>
        GetVariableValue("PSDefaultParameterValues").Bare() is IDictionary defaults
        && defaults.Keys.Cast<object>().Any(key => $"{key}".EndsWith(":" + nameof(PageSize), StringComparison.OrdinalIgnoreCase));

    /// <summary>Begins to read a job; the id is null for the engine's newest whose id is not known yet.</summary>
    private void Read(string engine, long? id, Func<Task<EngineJob?>> read)
    {
        Task<EngineJob?> job = _output.SendAsync(engine, id, read);
        _output.Add(job, () => Attempt(engine, id, () =>
        {
            // -Status and -Type apply to newest jobs; with -Id they cannot be given.
            if (Await(job) is { } found)
                WriteObject(_filter.Select([found]), enumerateCollection: true);
        }));
    }

    private async Task<EngineJob?> ReadLatestAsync(string engine, long? known)
    {
        long? id = known ?? (await Current.Client.GetEngineAsync(engine, Observer, StopToken).ConfigureAwait(false)).LatestJobId;
        return id is null ? null : await Current.Client.GetJobAsync(engine, id.Value, Observer, StopToken).ConfigureAwait(false);
    }

    /// <summary>Begins to list the jobs of an engine.</summary>
    private void List(string engine)
    {
        EngineListing listing;
        try
        {
            listing = new EngineListing(engine, Current.Client.ListJobs(engine, _query, Observer), _output);
        }
        catch (ArgumentException e)
        {
            _output.Add(Task.CompletedTask, () => WriteError(ErrorRecords.InvalidArgument(e, engine)));
            return;
        }

        Task work = ThrottleLimit > 1 ? listing.ReadAheadAsync(PageSize) : Task.CompletedTask;
        _output.Add(work, () => Show(listing), listing);
    }

    private void Show(EngineListing listing)
    {
        _filter.BeginEngine();
        using var progress = new ListingProgress(this, listing.Engine, Current.Client.Options.TimeProvider);
        try
        {
            if (ShowPages(listing, progress) && listing.Missing > 0)
            {
                WriteWarning(FormattableString.Invariant(
                    $"Engine '{SafeText.CleanLine(listing.Engine)}': the server announced {listing.Total:N0} jobs, but its list ended after {listing.Seen:N0}. The other {listing.Missing:N0} could not be read."));
            }
        }
        catch (CseApiException e)
        {
            WriteError(ErrorRecords.OfListing(e, listing.Engine, _filter.Passed, _filter.Left, Session?.Name));
        }
    }

    /// <returns>Whether the list was read to its end.</returns>
    private bool ShowPages(EngineListing listing, ListingProgress progress)
    {
        bool isCounted = !PagingParameters.IncludeTotalCount;
        long? total = null;
        while (!isCounted || !_filter.IsSatisfied)
        {
            if (Await(listing.NextAsync(StopToken)) is not { } page)
                return true;

            if (!isCounted)
                WriteObject(_filter.CountFor(page, PagingParameters));

            isCounted = true;
            List<EngineJob> wanted = _filter.Select(page.Items);
            if (!_filter.IsSatisfied)
                listing.Prefetch();

            total ??= page.Total;
            progress.Report(page.Seen, total);
            WriteObject(wanted, enumerateCollection: true);
        }

        return false;
    }

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
