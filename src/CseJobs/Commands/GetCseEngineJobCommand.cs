using System.Management.Automation.Runspaces;
using CseJobs.Client.Paging;
using CseJobs.Completion;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <summary>Lists the jobs of engines, or reads single jobs with their phases and sub-jobs.</summary>
[Cmdlet(VerbsCommon.Get, "CseEngineJob", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EngineJob))]
public sealed class GetCseEngineJobCommand : CseTargetCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    // As many connections as a session opens.
    private const int MaxThrottleLimit = 64;

    private JobFilter _filter = null!;
    private JobQuery _query = null!;
    private OrderedOutput _output = null!;
    private string[] _typedOfLists = [];
    private ListingProgress? _progress;
    private ITimer? _progressTimer;
    private (long Engines, long Jobs, long Shown) _counts;

    /// <summary>
    /// The engines, by id, name or pattern. From the pipeline: the same, or objects with a property EngineId. In the set List it must not bind by property
    /// name: a job that is piped in would then list its whole engine instead of giving its details.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ListSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [EngineIdTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The jobs to read with all details.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
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

    /// <summary>Earliest start time, inclusive. A date, a TimeSpan or a text such as 23:00, -2h, -7d or today.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset From { get; set; }

    /// <summary>Latest start time, inclusive; a date alone, today and yesterday include their day. It takes what <see cref="From"/> takes.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TimeTransformation(IsEnd = true)]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset To { get; set; }

    /// <summary>Earliest end time, inclusive, whenever the job began. It takes what <see cref="From"/> takes.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset EndedAfter { get; set; }

    /// <summary>Only jobs that failed: the same as -Status Error, Timeout.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Failed { get; set; }

    /// <summary>Only jobs in one of these states.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [EnumTransformation(typeof(JobStatus), IsList = true)]
    [ValidateNotNullOrEmpty]
    public JobStatus[]? Status { get; set; }

    /// <summary>Only jobs of one of these types.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [EnumTransformation(typeof(JobType), IsList = true)]
    [ValidateNotNullOrEmpty]
    public JobType[]? Type { get; set; }

    /// <summary>Jobs asked for per request, 1 to 1000; 100 by default.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, JobQuery.MaxPageSize)]
    public int PageSize { get; set; } = JobQuery.DefaultPageSize;

    /// <summary>The log of the sub-job that failed, else of the one that runs, line by line instead of the job.</summary>
    [Parameter]
    public SwitchParameter Log { get; set; }

    /// <summary>
    /// Requests under way at once, 1 to 64; 4 by default, and 1 with -First. Several jobs are read by id side by side, or several engines
    /// listed, once a second one has come; the output keeps the order of the input.
    /// </summary>
    [Parameter]
    [ValidateRange(1, MaxThrottleLimit)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>
    /// The sessions to use, or their names and patterns. Without it engines and jobs go to the session that has read them, everything else to the
    /// default one: the runspace's own, else the process's.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [SessionTransformation(IsList = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public CseSession[]? Session { get; set; }

    /// <inheritdoc/>
    private protected override CseSession[]? Sessions => Session;

    /// <inheritdoc/>
    private protected override string[]? EngineIds => EngineId;

    /// <inheritdoc/>
    private protected override long[]? JobIds => Id is [] ? null : Id;

    /// <inheritdoc/>
    private protected override bool ReadsAhead => _output.Window > 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string[] ofLists = [nameof(From), nameof(To), nameof(EndedAfter), nameof(PageSize), nameof(Failed), nameof(Status), nameof(Type), "First", "Skip", "IncludeTotalCount"];
        _typedOfLists = Array.FindAll(ofLists, IsTyped);
        _query = new JobQuery
        {
            From = IsBound(nameof(From)) ? From : null,
            To = IsBound(nameof(To)) ? To : null,
            EndedAfter = IsBound(nameof(EndedAfter)) ? EndedAfter : null,
            PageSize = PageSize,
        };
        if (Failed && IsTyped(nameof(Status)) && IsTyped(nameof(Failed)))
            Refuse("-Failed is short for -Status Error, Timeout. Leave out one of them.");

        // Of one that was typed and one that is a default the typed one holds.
        Status = Failed && !IsTyped(nameof(Status)) ? [JobStatus.Error, JobStatus.Timeout] : Status;

        // Unless told so, nothing is begun that may not be wanted: what comes first may be all, or a few jobs of -First.
        bool isEager = IsBound(nameof(ThrottleLimit));
        _output = new OrderedOutput(isEager || PagingParameters.First == ulong.MaxValue ? ThrottleLimit : 1, isEager, StopToken);
        _filter = new JobFilter(Status, Type, PagingParameters.Skip, PagingParameters.First);
        if (ParameterSetName == IdSet || Latest)
            CheckSingle(Latest);

        try
        {
            _query.Validate();
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(e, null));
        }

        if (ParameterSetName == ListSet && !Latest)
            TellWindow();
    }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        if (IsSpread)
            _output.Widen(EngineListing.MaxJobsAhead / PageSize);

        if (target.Jobs is not null)
        {
            if (target.Piped is not null && (Latest || _typedOfLists.Length > 0))
            {
                string parameter = Latest ? nameof(Latest) : _typedOfLists[0];
                Refuse(target.Piped, $"-{parameter} applies to engines and the lists of their jobs, but in the pipeline is job {target.Jobs[0]}. Choose among jobs with Where-Object.");
                return;
            }

            Expect(target.Jobs.Length, "jobs");
            foreach (long id in target.Jobs)
                Read(target.Engines[0], id, (client, engine) => client.GetJobAsync(engine, id, Observer, StopToken)!);
        }
        else if (Latest)
        {
            Expect(target.Engines.Length, "engines");
            foreach (TargetEngine engine in target.Engines)
                Read(engine, engine.LatestJobId, (client, id) => ReadLatestAsync(client, id, engine.LatestJobId));
        }
        else if (Log && IsTyped(nameof(Log)))
        {
            const string Why = "-Log reads the logs of single jobs. Pass -Id or -Latest, or pipe the jobs in: … | Get-CseEngineJob -Log";
            if (target.Piped is null)
                Refuse(Why);
            else
                Refuse(target.Piped, Why);
        }
        else
        {
            // -First 0 -IncludeTotalCount asks for the count alone.
            bool countOnly = PagingParameters.IncludeTotalCount && PagingParameters.First == 0;
            Expect(target.Engines.Length, "engines");
            foreach (TargetEngine engine in target.Engines.TakeWhile(_ => !_filter.IsSatisfied || countOnly))
                List(engine);
        }
    }

    /// <inheritdoc/>
    private protected override void ShowBegun() => _output.ShowAll();

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _output.ShowAll();
        _progress?.Dispose();
        if (_counts is { Engines: > 0, Shown: 0 } && PagingParameters.First > 0)
            WriteVerbose(FormattableString.Invariant($"{_counts.Engines:N0} engines, {JobRequests:N0} requests, {_counts.Jobs:N0} jobs read, 0 match"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _output?.Dispose();
            _progressTimer?.Dispose();
        }
    }

    private void TellWindow()
    {
        if (_query.From is not null || _query.To is not null)
            WriteVerbose($"Jobs started from {Tell(_query.From)} to {Tell(_query.To)}, both inclusive; local time (UTC).");

        if (_query.EndedAfter is not null)
            WriteVerbose($"Jobs ended from {Tell(_query.EndedAfter)} on, inclusive; local time (UTC).");

        foreach ((string name, DateTimeOffset? time) in new[] { (nameof(From), _query.From), (nameof(EndedAfter), _query.EndedAfter) })
        {
            if (time > ModuleClock.Current.GetUtcNow())
                WriteWarning($"-{name} lies in the future: {Tell(time)}, local time (UTC). No job is expected there.");
        }
    }

    private static string Tell(DateTimeOffset? time) => time is not { } value ? "any time"
        : FormattableString.Invariant($"{value.LocalDateTime:yyyy-MM-dd HH:mm:ss.fff} ({value.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'})");

    /// <summary>Ends the cmdlet where parameters of lists were typed that single jobs have no use for; as defaults they are ignored.</summary>
    private void CheckSingle(bool isLatest)
    {
        string[] unfit = isLatest ? [.. _typedOfLists.Except([nameof(Failed), nameof(Status), nameof(Type)])] : _typedOfLists;
        if (unfit is [var parameter, ..])
            Refuse($"-{parameter} applies to a list of jobs; it cannot be combined with {(isLatest ? "-Latest, which is one job of each engine, whenever it began" : "-Id")}.");

        // A default for -First or -Skip says nothing of newest jobs; jobs by their ids are not filtered at all.
        if (isLatest)
            _filter = new JobFilter(Status, Type, 0, ulong.MaxValue);
    }

    /// <summary>Tells how much follows; for more than one there is a bar after a second, even while nothing has come yet.</summary>
    private void Expect(int entries, string unit)
    {
        _output.Expect(entries);
        if (_output.Expected < 2 || _progress is not null)
            return;

        TimeProvider time = Current.Client.Options.TimeProvider;
        _progress = new ListingProgress(this, ListingProgress.OfInput, $"Reading jobs of several {unit}", " " + unit, time);
        _progressTimer = time.CreateTimer(_ => Post(ReportShown), null, ListingProgress.Delay, Timeout.InfiniteTimeSpan);
    }

    // What is still to come through the pipeline nobody knows.
    private void ReportShown() => _progress?.Report(_output.Shown, MyInvocation.ExpectingInput ? null : _output.Expected);

    /// <summary>Begins to read a job; the id is null for the engine's newest whose id is not known yet.</summary>
    private void Read(TargetEngine engine, long? id, Func<CseClient, string, Task<EngineJob?>> read)
    {
        CseClient client = Current.Client;
        Task<EngineJob?> job = _output.SendAsync(AuthFailure, engine.Text, id, () => engine.SendAsync(one => read(client, one)));
        Add(job, () => Attempt(engine.Text, id, () =>
        {
            if (Await(job) is not { } found)
                return;

            // -Status and -Type apply to newest jobs; with -Id they cannot be given.
            List<EngineJob> wanted = Latest ? _filter.Select([found]) : [found];
            _counts.Shown += wanted.Count;
            if (Log)
                wanted.ForEach(WriteLog);
            else if (Latest)
                WriteObject(SessionMark.OnAll(wanted), enumerateCollection: true);
            else
                WriteObject(WithTimeline(SessionMark.On(found)));
        }));
    }

    /// <summary>The job with a type name of its own, whose default view is the timeline; for all else it is the job.</summary>
    private static PSObject WithTimeline(object job)
    {
        var item = PSObject.AsPSObject(job);
        item.TypeNames.Insert(0, typeof(EngineJob).FullName + "#Detail");
        return item;
    }

    private void WriteLog(EngineJob job)
    {
        string[] lines = JobLog.Of(job);
        WriteObject(lines, enumerateCollection: true);
        if (lines.Length == 0)
            WriteVerbose(FormattableString.Invariant($"Job {job.Id} ({SafeText.CleanLine(job.StatusText ?? "-")}) has no sub-job that failed or runs and has a log. Its Tasks hold the logs of all."));
    }

    private async Task<EngineJob?> ReadLatestAsync(CseClient client, string engine, long? known)
    {
        long? id = known ?? (await client.GetEngineAsync(engine, Observer, StopToken).ConfigureAwait(false)).LatestJobId;
        return id is null ? null : await client.GetJobAsync(engine, id.Value, Observer, StopToken).ConfigureAwait(false);
    }

    /// <summary>Begins to list the jobs of an engine.</summary>
    private void List(TargetEngine engine)
    {
        CseClient client = Current.Client;
        EngineListing listing;
        try
        {
            listing = new EngineListing(engine, Current, id => client.ListJobs(id, _query, Observer), _output, AuthFailure);
        }
        catch (ArgumentException e)
        {
            Add(Task.CompletedTask, () => WriteError(ErrorRecords.InvalidArgument(e, engine.Text)));
            return;
        }

        Task work = _output.IsSideBySide ? listing.ReadAheadAsync(PageSize) : Task.CompletedTask;
        Add(work, () => Show(listing), listing);
    }

    private void Add(Task work, Action show, IDisposable? resource = null)
    {
        CseSession session = Current;
        _output.Add(
            work,
            () =>
            {
                CseSession begun = Current;
                Use(session);
                show();
                Use(begun);
                ReportShown();
            },
            resource);
    }

    private void Show(EngineListing listing)
    {
        _filter.BeginEngine();
        using var progress = new ListingProgress(
            this, ListingProgress.OfEngine, $"Jobs of engine {SafeText.CleanLine(listing.Engine.Text)}", string.Empty, listing.Session.Client.Options.TimeProvider);
        try
        {
            if (ShowPages(listing, progress) && listing.Missing > 0)
            {
                WriteWarning(FormattableString.Invariant(
                    $"Engine '{SafeText.CleanLine(listing.Engine.Text)}': the server announced {listing.Total:N0} jobs, but its list ended after {listing.Seen:N0}. The other {listing.Missing:N0} could not be read."));
            }
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.InvalidArgument(e, listing.Engine.Text));
        }
        catch (CseApiException e)
        {
            bool isDefault = Session is null && listing.Session == SessionStore.FindDefault(Runspace.DefaultRunspace);
            WriteError(ErrorRecords.OfListing(e, listing.Engine.Text, _filter.Passed, _filter.Left, isDefault ? null : listing.Session.Name));
        }

        _counts = _counts with { Engines = _counts.Engines + 1, Jobs = _counts.Jobs + listing.Seen };
    }

    /// <summary>A list that has no sub-jobs does not tell what failed and why; the jobs themselves do.</summary>
    private void ReadDetails(EngineListing listing, List<EngineJob> failed)
    {
        (int count, CseApiException? error) = Await(FailureDetails.ReadAsync(
            failed, id => _output.SendAsync(AuthFailure, listing.Engine.Text, id, () => listing.ReadJobAsync(id, Observer, StopToken))));
        if (count > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"Engine '{SafeText.CleanLine(listing.Engine.Text)}': {count:N0} failed jobs could not be read in detail, their Step and Reason are empty. {error!.Message}"));
        }
    }

    /// <summary>No document says in which order jobs are listed: whoever takes the first few should know which they are.</summary>
    private void WarnOfOldestFirst(EngineListing listing, Page<EngineJob> page)
    {
        EngineJob[] begun = page.Items.Where(job => job.StartTime is not null).ToArray();
        if (PagingParameters.First > 0 && begun is [var first, .., var last] && first.StartTime < last.StartTime)
        {
            WriteWarning(
                $"The service lists the oldest jobs of engine '{SafeText.CleanLine(listing.Engine.Text)}' first, so -First does not give the newest. They are the first of … | Sort-Object StartTime -Descending");
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
            if (_filter.IsSatisfied)
                WarnOfOldestFirst(listing, page);
            else
                listing.Prefetch();

            if (Failed)
                ReadDetails(listing, wanted);

            total ??= page.Total;
            progress.Report(page.Seen, total);
            _counts.Shown += wanted.Count;
            WriteObject(SessionMark.OnAll(wanted), enumerateCollection: true);
        }

        return false;
    }
}
