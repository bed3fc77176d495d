using System.Runtime.CompilerServices;
using CseJobs.Client.Json;
using CseJobs.Client.Paging;

namespace CseJobs.Client.Diagnosis;

/// <summary>Finds out how the service reads the list of one engine's jobs, and notes what later listings can use.</summary>
internal sealed class JobListProbe
{
    // What pages are told apart by: with fewer, page numbers and record offsets are the same.
    private const int SmallPage = 2;

    private readonly CseClient _client;
    private readonly ICallObserver? _observer;
    private readonly CancellationToken _cancellationToken;
    private readonly ListReading _reading;
    private PageRequest _request;
    private ListAnswer<EngineJob> _first = new();
    private ListAnswer<EngineJob>? _small;
    private OffsetMeaning _meaning;
    private bool? _hasMore;

    private JobListProbe(CseClient client, Engine engine, ICallObserver? observer, CancellationToken cancellationToken)
    {
        (_client, Engine, _observer, _cancellationToken) = (client, engine, observer, cancellationToken);
        _reading = client.ReadingOf(engine.Id);
    }

    /// <summary>The checks, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Offset", "Limit", "Total", "Window", "Order", "Fields"];

    /// <summary>The engine.</summary>
    public Engine Engine { get; }

    /// <summary>How many jobs the first page has.</summary>
    public int Count => _first.Data.Count;

    /// <summary>Why the jobs could not be listed; null when they could.</summary>
    public CseApiException? Failure { get; private set; }

    /// <summary>Asks for the first page, with this limit or the largest that is taken.</summary>
    public static async Task<JobListProbe> ReadAsync(CseClient client, Engine engine, int largest, ICallObserver? observer, CancellationToken cancellationToken)
    {
        var probe = new JobListProbe(client, engine, observer, cancellationToken);

        // Where that is not about the limit, it may be that page numbers begin at 1.
        foreach (PageRequest request in Limits(largest).Select(limit => new PageRequest(0, limit)).Concat(Limits(largest).Select(limit => new PageRequest(1, limit))))
        {
            try
            {
                probe._first = await probe.SendAsync(request).ConfigureAwait(false);
                (probe._request, probe.Failure) = (request, null);
                break;
            }
            catch (CseApiException e)
            {
                probe.Failure ??= e;
                if (!JobList.IsRefusal(e))
                    break;
            }
        }

        return probe;
    }

    /// <summary>Makes the checks.</summary>
    public async IAsyncEnumerable<SessionCheck> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            // That an engine of another kind has no jobs is no fault of the session.
            bool isOther = Failure.StatusCode is 400 or 404 && CseService.IsOtherKind(Engine.Type);
            yield return isOther ? new SessionCheck("Offset", CheckResult.NotTried, Failure.Message) : SessionCheck.Failed("Offset", CheckProblem.CallFailed, Failure);
            yield break;
        }

        if (Count == 0)
        {
            yield return new SessionCheck("Offset", CheckResult.NotTried, "the engine has no jobs to tell by");
            yield break;
        }

        // In the order of the table; each uses what those before it have found out.
        Func<Task<SessionCheck>>[] checks = [OffsetAsync, LimitAsync, TotalAsync, WindowAsync, () => Task.FromResult(JobListShape.Order(_first.Data)), () => Task.FromResult(JobListShape.Fields(_first.Data))];
        for (int i = 0; i < checks.Length; i++)
        {
            SessionCheck check;
            try
            {
                check = await checks[i]().ConfigureAwait(false);
            }
            catch (CseApiException e) when (!cancellationToken.IsCancellationRequested)
            {
                check = SessionCheck.Failed(Names[i], CheckProblem.CallFailed, e);
            }

            yield return check;
        }
    }

    private async Task<SessionCheck> OffsetAsync()
    {
        if (Count < SmallPage && _request.Offset == 0)
            return new SessionCheck("Offset", CheckResult.NotTried, "one job is too few to tell by");

        _small = await SendAsync(new PageRequest(1, SmallPage)).ConfigureAwait(false);
        if (_request.Offset == 1)
        {
            _meaning = OffsetMeaning.PagesFromOne;
            return Found("Offset", "page numbers from 1; 0 is refused");
        }

        var detector = new OffsetDetector<EngineJob>((one, other) => one.Id == other.Id);
        detector.Add(_first.Data.GetRange(0, SmallPage));
        if (_small.Data.Count == 0)
        {
            _meaning = OffsetMeaning.PagesFromZero;
        }
        else
        {
            // A total of the page is another at each limit; else the list has changed meanwhile, perhaps at its head.
            long newJobs = _small.Total > _small.Data.Count && _small.Total > _first.Total ? _small.Total.Value - _first.Total.Value : 0;
            detector.Add(_small.Data);
            if (newJobs > 0 && !detector.HasNewHead((await SendAsync(new PageRequest(0, SmallPage)).ConfigureAwait(false)).Data))
                newJobs = 0;

            detector.Decide(newJobs);
            _meaning = detector.Meaning;
        }

        return Found("Offset", _meaning switch
        {
            OffsetMeaning.PagesFromOne => "page numbers from 1 (0 and 1 alike)",
            OffsetMeaning.Records => "counts jobs, not pages",
            _ => "page numbers from 0",
        });
    }

    private async Task<SessionCheck> LimitAsync()
    {
        int limit = _request.Limit;
        if (limit < JobQuery.MaxPageSize)
            _reading.Limit = limit;

        string refused = Limits(JobQuery.MaxPageSize).TakeWhile(larger => larger > limit).LastOrDefault() is > 0 and var next ? Text($" ({next} is refused)") : string.Empty;
        if (Count >= limit)
            return Found("Limit", refused.Length > 0 ? Text($"a page of {limit}{refused}") : Text($"a page of {limit}, the most that was tried"));

        // Fewer than were asked for: all there are, or all that the server puts on a page.
        if (_first.Total > Count || _first.Total is null || _small is not { Total: { } total } || total == _small.Data.Count)
        {
            var second = new PageRequest(_meaning switch
            {
                OffsetMeaning.PagesFromOne => 2,
                OffsetMeaning.Records => Count,
                _ => 1,
            }, limit);
            HashSet<long> known = [.. _first.Data.Select(job => job.Id)];
            _hasMore = (await SendAsync(second).ConfigureAwait(false)).Data.Exists(job => !known.Contains(job.Id));
        }

        return Found("Limit", _hasMore == true ? Text($"largest page {Count} ({limit} was answered with {Count})") + refused : Text($"all {Count} jobs came at once, {limit} were asked for") + refused);
    }

    private Task<SessionCheck> TotalAsync()
    {
        TotalUse use = _first.Total is null ? TotalUse.Unknown
            : _first.Total > Count ? TotalUse.List
            : _hasMore == true ? TotalUse.Page
            : _small is { Total: { } small } && Count > _small.Data.Count && _small.Data.Count > 0 ? (small > _small.Data.Count ? TotalUse.List : TotalUse.Page)
            : TotalUse.Unknown;
        _reading.Total = use == TotalUse.Unknown ? _reading.Total : use;
        return Task.FromResult(use switch
        {
            TotalUse.Page => Found("Total", "counts the page"),
            TotalUse.List when _first.Total > Count && _hasMore == false => new SessionCheck("Total", CheckResult.Warn, Text($"says {_first.Total}, and {Count} jobs came")),
            TotalUse.List => Found("Total", Text($"counts all jobs ({_first.Total})")),
            _ when _first.Total is null => Found("Total", "is not told"),
            _ => new SessionCheck("Total", CheckResult.NotTried, "there are too few jobs to tell by"),
        });
    }

    private async Task<SessionCheck> WindowAsync()
    {
        WindowUse use = await JobList.AskAsync(_first.Data, filter => SendAsync(_request, filter)).ConfigureAwait(false);
        if (use == WindowUse.Unknown)
            return new SessionCheck("Window", CheckResult.NotTried, "no job with a start and a later end to tell by");

        _reading.Window = use;
        return Found("Window", use switch
        {
            WindowUse.ByStart => "from-time/to-time in milliseconds, by start time",
            WindowUse.Ignored => "from-time/to-time are ignored: jobs are chosen here",
            _ => "not in milliseconds by start time: all jobs are read and chosen here",
        });
    }

    private Task<ListAnswer<EngineJob>> SendAsync(PageRequest request, string filter = "") =>
        _client.SendListAsync(Engine.Id, request with { NoRetry = true }, filter, _observer, _cancellationToken);

    /// <summary>A limit, and the smaller ones to try where it is refused.</summary>
    private static IEnumerable<int> Limits(int largest)
    {
        for (int? limit = largest; limit is not null; limit = ListReading.SmallerThan(limit.Value))
            yield return limit.Value;
    }

    private static SessionCheck Found(string check, string detail) => new(check, CheckResult.Found, detail);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
