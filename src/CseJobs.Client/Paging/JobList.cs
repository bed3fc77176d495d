using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>
/// The jobs of an engine in a time window, whatever the server makes of <c>from-time</c> and <c>to-time</c>. Before the window is
/// believed for the first time, a first page without one is looked at: if that is all, the window is not needed; else the server is
/// asked for the very instant at which one of its jobs began. Only if that job comes is the window sent; else all jobs are read, and the
/// caller leaves out those outside. One listing; not thread-safe.
/// </summary>
internal sealed class JobList(ListReading reading, JobQuery query, CountedList<EngineJob> list, ICallObserver? observer)
{
    private readonly string _window = query.ToQueryString();

    private bool _hasWindowPage;

    // Null while it is not decided.
    private bool? _sendsWindow = query.ToQueryString().Length == 0 ? false : null;

    /// <summary>Whether the server knows all of the query, so that its <c>total</c> is the number of jobs in it.</summary>
    public bool IsExact => query.EndedAfter is null && (_window.Length == 0 || _sendsWindow != false);

    /// <summary>Sends a request for a page.</summary>
    public async Task<ListAnswer<EngineJob>> SendAsync(PageRequest page, CancellationToken cancellationToken)
    {
        _sendsWindow ??= reading.Window switch
        {
            WindowUse.Unknown => null,
            WindowUse.Unusable => false,
            _ => true,
        };
        if (_sendsWindow is { } sends)
            return sends ? await SendWindowAsync(page, cancellationToken).ConfigureAwait(false) : await list.SendAsync(page, string.Empty, cancellationToken).ConfigureAwait(false);

        ListAnswer<EngineJob> all = await list.SendAsync(page, string.Empty, cancellationToken).ConfigureAwait(false);
        if (all.Data.Count == 0 || all.Data.Count == all.Total)
            return Within(all);

        await reading.FindOutAsync(() => FindOutAsync(all.Data, page, cancellationToken), cancellationToken).ConfigureAwait(false);
        _sendsWindow = reading.Window is WindowUse.ByStart or WindowUse.Ignored;
        return _sendsWindow.Value ? await SendWindowAsync(page, cancellationToken).ConfigureAwait(false) : all;
    }

    /// <summary>What the server makes of the window, by what it sends for the instant at which a job began; unknown when no job can tell.</summary>
    /// <param name="jobs">Jobs of a page without a window.</param>
    /// <param name="send">Sends a request for the first page with a window.</param>
    public static async Task<WindowUse> AskAsync(IReadOnlyList<EngineJob> jobs, Func<string, Task<ListAnswer<EngineJob>>> send)
    {
        // One that has ended later than it began: a server that compares ends, or both, does not send it.
        EngineJob? known = jobs.FirstOrDefault(job => WireTime.Normalize(job.StartTimeMs) is not null && job.EndTimeMs > job.StartTimeMs);
        if (known is null)
            return WindowUse.Unknown;

        var instant = DateTimeOffset.FromUnixTimeMilliseconds(known.StartTimeMs);
        try
        {
            List<EngineJob> sent = (await send(new JobQuery { From = instant, To = instant }.ToQueryString()).ConfigureAwait(false)).Data;
            return !sent.Exists(job => job.Id == known.Id) ? WindowUse.Unusable
                : sent.Exists(job => job.StartTimeMs != known.StartTimeMs) ? WindowUse.Ignored
                : WindowUse.ByStart;
        }
        catch (CseApiException e) when (IsRefusal(e))
        {
            return WindowUse.Unusable;
        }
    }

    /// <summary>Whether the server does not like something of the request, which may be its window.</summary>
    public static bool IsRefusal(CseApiException e) => e is { Reason: CseErrorReason.RequestRejected or CseErrorReason.InvalidArgument, StatusCode: 400 };

    private async Task FindOutAsync(List<EngineJob> jobs, PageRequest page, CancellationToken cancellationToken)
    {
        if (reading.Window != WindowUse.Unknown)
            return;

        reading.Window = await AskAsync(jobs, window => list.SendAsync(page, window, cancellationToken)).ConfigureAwait(false);
        if (reading.Window == WindowUse.Unusable)
            Tell();
    }

    /// <summary>Sends a request with the window; where that is refused after all, without.</summary>
    private async Task<ListAnswer<EngineJob>> SendWindowAsync(PageRequest page, CancellationToken cancellationToken)
    {
        try
        {
            ListAnswer<EngineJob> answer = await list.SendAsync(page, _window, cancellationToken).ConfigureAwait(false);
            _hasWindowPage = true;
            return answer;
        }
        catch (CseApiException e) when (IsRefusal(e) && !_hasWindowPage)
        {
            ListAnswer<EngineJob> all = await list.SendAsync(page, string.Empty, cancellationToken).ConfigureAwait(false);
            reading.Window = WindowUse.Unusable;
            _sendsWindow = false;
            Tell();
            return all;
        }
    }

    /// <summary>The jobs within the window of a list that came whole, counted here.</summary>
    private ListAnswer<EngineJob> Within(ListAnswer<EngineJob> all)
    {
        all.Data.RemoveAll(job => !query.IsInWindow(job));
        all.Total = all.Total is null ? null : all.Data.Count;
        return all;
    }

    private void Tell() => observer?.Notice(
        "The service does not take a time window by start in milliseconds: all jobs of an engine are read and chosen here, for the rest of the session.");
}
