using CseJobs.Client.Paging;

namespace CseJobs.Client.Engines;

/// <summary>
/// Walks the list of engines page by page, whatever the server means by <c>offset</c> and whatever <c>limit</c> it grants.
/// Hands every engine on once. Not thread-safe: one consumer asks for one page after the other.
/// </summary>
public sealed class EnginePager : IDisposable
{
    private readonly ListPager<Engine, string> _pager;

    internal EnginePager(PageFetch<Engine> fetch, EngineQuery query) =>
        _pager = new ListPager<Engine, string>(fetch, query.PageSize, new EngineLedger());

    /// <summary>Different engines received so far.</summary>
    public long Seen => _pager.Seen;

    /// <summary>How many engines there were when the listing began, as the server said (API field <c>total</c>); null when it did not say.</summary>
    public long? Total => _pager.Total;

    /// <summary>How many of the announced engines never came; 0 while the listing goes on and after one that is complete.</summary>
    public long Missing => _pager.Missing;

    /// <summary>Gets the next page that has an engine not handed on before; the first one also when it has none, for its total.</summary>
    /// <param name="cancellationToken">Cancels the request under way.</param>
    /// <returns>The page; null at the end of the list.</returns>
    /// <exception cref="CseApiException">The request failed. After a first page its <see cref="CseApiException.Listing"/> says how far the listing had come; another call asks for the same page again.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<EnginePage?> NextAsync(CancellationToken cancellationToken = default) =>
        await _pager.NextAsync(cancellationToken).ConfigureAwait(false) is { } page
            ? new EnginePage(page.Items, page.Total, page.Number, page.Offset)
            : null;

    /// <summary>Cancels whatever is still under way.</summary>
    public void Dispose() => _pager.Dispose();
}
