using CseJobs.Client.Paging;

namespace CseJobs.Client.Jobs;

/// <summary>
/// Walks an engine's job list page by page, whatever the server means by <c>offset</c> and whatever <c>limit</c> it grants.
/// Hands every job on once. Not thread-safe: one consumer asks for one page after the other.
/// </summary>
public sealed class JobPager : IDisposable
{
    private readonly ListPager<EngineJob, long> _pager;

    internal JobPager(PageFetch<EngineJob> fetch, JobQuery query) =>
        _pager = new ListPager<EngineJob, long>(fetch, query.PageSize, new JobLedger(query));

    /// <summary>Different jobs received so far.</summary>
    public long Seen => _pager.Seen;

    /// <summary>How many jobs there were when the listing began, as the server said (API field <c>total</c>); null when it did not say.</summary>
    public long? Total => _pager.Total;

    /// <summary>
    /// Whether every page is wanted as far as is known. Then the next page is asked for as soon as one has arrived that the
    /// caller waits for, before that one is read. False by default.
    /// </summary>
    internal bool WantsAll
    {
        get => _pager.WantsAll;
        set => _pager.WantsAll = value;
    }

    /// <summary>How many of the announced jobs never came; 0 while the listing goes on and after one that is complete.</summary>
    public long Missing => _pager.Missing;

    /// <summary>Gets the next page that has a job not handed on before; the first one also when it has none, for its total.</summary>
    /// <param name="cancellationToken">Cancels the request under way.</param>
    /// <returns>The page; null at the end of the list.</returns>
    /// <exception cref="CseApiException">The request failed. After a first page its <see cref="CseApiException.Listing"/> says how far the listing had come; another call asks for the same page again.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<JobPage?> NextAsync(CancellationToken cancellationToken = default) =>
        await _pager.NextAsync(cancellationToken).ConfigureAwait(false) is { } page
            ? new JobPage(page.Items, page.Total, page.Number, page.Offset, page.AllWanted)
            : null;

    /// <summary>
    /// Asks for the next page in advance, while the caller works on the last. Does nothing before the third request: a caller
    /// that wants a few jobs then causes no request that it does not use.
    /// </summary>
    internal void Prefetch() => _pager.Prefetch();

    /// <summary>A failure that makes it needless to ask for the next page, told as one of asking for it.</summary>
    internal CseApiException Interrupted(CseApiException error) => _pager.Interrupted(error);

    /// <summary>Cancels whatever is still under way.</summary>
    public void Dispose() => _pager.Dispose();
}
