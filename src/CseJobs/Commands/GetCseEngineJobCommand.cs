using System;
using System.Collections.Generic;
using System.Management.Automation;
using CseJobs.Client;
using CseJobs.Client.Jobs;
using CseJobs.Client.Json;
using CseJobs.Errors;
using CseJobs.Listing;
using CseJobs.Parameters;

namespace CseJobs.Commands;

/// <summary>Lists the jobs of engines, or reads single jobs with their phases and sub-jobs.</summary>
[Cmdlet(VerbsCommon.Get, "CseEngineJob", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EngineJob))]
public sealed class GetCseEngineJobCommand : CseSessionCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    private JobFilter _filter = null!;
    private JobQuery _query = null!;
    private CseApiException? _refusal;

    /// <summary>
    /// The engines. From the pipeline: ids, or objects with a property EngineId. In the set List it must not bind by property
    /// name: a job that is piped in would then list its whole engine instead of giving its details.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ListSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [EngineIdTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? EngineId { get; set; }

    /// <summary>The jobs to read with all details.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("JobId")]
    [JobIdTransformation]
    [ValidateNotNullOrEmpty]
    public long[] Id { get; set; } = Array.Empty<long>();

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

    private static string Utc(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "any time";

    /// <summary>The engines given, else the session's own.</summary>
    private string[] Engines()
    {
        if (EngineId is { Length: > 0 } engines)
        {
            return engines;
        }

        if (Current.EngineId is null)
        {
            ThrowTerminatingError(ErrorRecords.EngineIdMissing());
        }

        return new[] { Current.EngineId! };
    }

    /// <summary>
    /// Whether the session as a whole was refused before. What is still to come would be refused too, and each refused
    /// signature brings the access key nearer to being locked: it gets its error without being sent.
    /// </summary>
    private bool IsRefused(object target)
    {
        if (_refusal is not null)
        {
            WriteError(_refusal, target);
        }

        return _refusal is not null;
    }

    private void NoteRefusal(CseApiException error)
    {
        if (error.Reason is CseErrorReason.AuthenticationFailed or CseErrorReason.SessionClosed)
        {
            _refusal = error;
        }
    }

    private void ListEngine(string engine)
    {
        if (IsRefused(engine))
        {
            return;
        }

        JobPager pager;
        try
        {
            pager = Current.Client.ListJobs(engine, _query, Observer);
        }
        catch (ArgumentException e)
        {
            WriteError(e, engine);
            return;
        }

        pager.WantsAll = !_filter.IsLimited;
        _filter.BeginEngine();
        using (pager)
        using (var progress = new ListingProgress(this, engine))
        {
            try
            {
                EmitPages(pager, progress);
                WarnIfShort(engine, pager);
            }
            catch (CseApiException e)
            {
                NoteRefusal(e);
                WriteError(ErrorRecords.OfListing(e, engine, _filter.Passed));
            }
        }
    }

    private void EmitPages(JobPager pager, ListingProgress progress)
    {
        bool counted = !PagingParameters.IncludeTotalCount;
        var garbage = new GarbageLimit();
        while ((!counted || !_filter.IsSatisfied) && Await(pager.NextAsync(StopToken)) is { } page)
        {
            if (!counted)
            {
                counted = true;
                WriteObject(_filter.CountFor(page, PagingParameters));
            }

            List<EngineJob> wanted = _filter.Select(page.Jobs);
            if (!_filter.IsSatisfied)
            {
                pager.Prefetch();
            }

            progress.Report(pager.Seen, pager.Total);
            WriteObject(wanted, enumerateCollection: true);
            garbage.Limit();
        }

        Flush();
    }

    private void WarnIfShort(string engine, JobPager pager)
    {
        if (pager.Missing > 0)
        {
            WriteWarning(
                $"Engine '{SafeText.CleanLine(engine)}': the server announced {pager.Total:N0} jobs, but its list ended after {pager.Seen:N0}. The other {pager.Missing:N0} could not be read.");
        }
    }

    private void ReadJobs()
    {
        if (_filter.IsLimited || PagingParameters.IncludeTotalCount)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-First, -Skip and -IncludeTotalCount apply to a list of jobs; they cannot be combined with -Id."), null));
        }

        string[] engines = Engines();
        if (engines.Length > 1)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Id reads the jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine."), engines));
        }

        foreach (long id in Id)
        {
            ReadJob(engines[0], id);
        }
    }

    private void ReadJob(string engine, long id)
    {
        if (IsRefused(id))
        {
            return;
        }

        try
        {
            WriteObject(Await(Current.Client.GetJobAsync(engine, id, Observer, StopToken)));
        }
        catch (ArgumentException e)
        {
            WriteError(e, engine);
        }
        catch (CseApiException e)
        {
            NoteRefusal(e);
            WriteError(e, e.Reason == CseErrorReason.EngineNotFound ? engine : id);
        }
    }
}
