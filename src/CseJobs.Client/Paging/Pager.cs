using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>A page to ask the server for.</summary>
/// <param name="Offset">The <c>offset</c> to send.</param>
/// <param name="Limit">The <c>limit</c> to send.</param>
/// <param name="NoRetry">Whether one try is enough, because nothing is lost when it fails.</param>
internal readonly record struct PageRequest(long Offset, int Limit, bool NoRetry = false);

/// <summary>
/// Walks a list page by page, whatever the server means by <c>offset</c> and whatever <c>limit</c> it grants. Hands every item on
/// once. Not thread-safe: one consumer asks for one page after the other.
/// </summary>
/// <typeparam name="T">What is listed: <see cref="EngineJob"/> or <see cref="Engine"/>.</typeparam>
/// <remarks>
/// Offset 0 is the first page under every meaning. If there is more, offset 1 shows the meaning (see <see cref="OffsetDetector{T}"/>).
/// The end is an empty page, a page with no new item, or as many items as the server says there are. A short page is no end:
/// servers clamp <c>limit</c>.
/// </remarks>
public sealed class Pager<T> : IDisposable
{
    // A list that grows at its head as fast as it is read brings pages without a new item: a few in a row are borne.
    private const int MaxStalePages = 3;

    private readonly Func<PageRequest, CancellationToken, Task<ListAnswer<T>>> _send;
    private readonly int _pageSize;
    private readonly Predicate<T> _isNew;
    private readonly Predicate<T> _isWanted;
    private readonly bool _knowsQuery;
    private readonly OffsetDetector<T> _offsets;
    private readonly CancellationTokenSource _disposed = new();
    private (Task<ListAnswer<T>> Answer, CancellationTokenSource Stop)? _ahead;
    private int _sent;
    private T? _last;
    private long? _lastTotal;
    private long _nextOffset;
    private bool _handedOn;
    private int _stalePages;
    private bool _ended;

    private Pager(
        Func<PageRequest, CancellationToken, Task<ListAnswer<T>>> send, int pageSize, Predicate<T> isNew, Func<T, T, bool> areSame, Predicate<T>? isWanted, bool knowsQuery)
    {
        _send = send;
        _pageSize = pageSize;
        _isNew = isNew;
        _isWanted = isWanted ?? (_ => true);
        _knowsQuery = knowsQuery;
        _offsets = new OffsetDetector<T>(areSame);
    }

    /// <summary>Different items received so far.</summary>
    public long Seen { get; private set; }

    /// <summary>How many items there were when the listing began, as the server said (API field <c>total</c>); null when it did not say.</summary>
    public long? Total { get; private set; }

    /// <summary>How many of the announced items never came; 0 while the listing goes on and after one that is complete.</summary>
    public long Missing => _ended && Total is { } total ? Math.Max(0, Math.Min(total, _lastTotal ?? total) - Seen) : 0;

    /// <summary>
    /// A pager whose items are told apart by their ids. The server may send items that do not lie in the query; the wanted ones do. Where it
    /// does not know the whole query, it counts others too.
    /// </summary>
    internal static Pager<T> Over<TId>(
        Func<PageRequest, CancellationToken, Task<ListAnswer<T>>> send, int pageSize, Func<T, TId> idOf, Predicate<TId> isNew, Predicate<T>? isWanted = null, bool knowsQuery = true) =>
        new(send, pageSize, item => isNew(idOf(item)), (one, other) => EqualityComparer<TId>.Default.Equals(idOf(one), idOf(other)), isWanted, knowsQuery);

    /// <summary>Gets the next page that has an item not handed on before; the first one also when it has none, for its total.</summary>
    /// <param name="cancellationToken">Cancels the request under way; another call asks for the same page again.</param>
    /// <returns>The page; null at the end of the list.</returns>
    /// <exception cref="CseApiException">
    /// The request failed. After a first page its <see cref="CseApiException.Listing"/> says how far the listing had come; another call
    /// asks for the same page again.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<Page<T>?> NextAsync(CancellationToken cancellationToken = default)
    {
        while (!_ended)
        {
            ListAnswer<T> answer;
            try
            {
                if (_offsets.NeedsFirstPageAgain)
                {
                    ListAnswer<T> again = await SendAsync(new PageRequest(0, _pageSize), cancellationToken).ConfigureAwait(false);
                    _nextOffset = _offsets.Decide(_offsets.HasNewHead(again.Data) ? _lastTotal!.Value - Total!.Value : 0);
                }

                answer = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CseApiException e) when (_handedOn)
            {
                throw e.During(Position(_sent));
            }

            long offset = _nextOffset;
            long? totalBefore = _lastTotal;
            _lastTotal = answer.Total ?? _lastTotal;
            Total ??= answer.Total;
            List<T> fresh = answer.Data.FindAll(_isNew);
            Seen += fresh.Count;
            _last = fresh.Count > 0 ? fresh[^1] : _last;
            Advance(answer, fresh.Count, totalBefore);
            List<T> wanted = fresh.FindAll(_isWanted);
            if (wanted.Count > 0 || !_handedOn)
            {
                // The first page goes out even when it is empty: it carries the total.
                _handedOn = true;
                return new Page<T>(wanted) { Total = answer.Total, Number = _sent, Offset = offset, Seen = Seen, IsExact = _knowsQuery && wanted.Count == fresh.Count };
            }
        }

        return null;
    }

    /// <summary>
    /// Asks for the next page in advance, while the caller works on the last. Does nothing before the third request: a caller
    /// that wants a few items then causes no request that it does not use.
    /// </summary>
    public void Prefetch()
    {
        if (!_ended && _ahead is null && !_offsets.NeedsFirstPageAgain && _sent >= 2)
        {
            var stop = new CancellationTokenSource();
            _ahead = (SendAsync(new PageRequest(_nextOffset, _pageSize), stop.Token), stop);
        }
    }

    /// <summary>A failure that makes it needless to ask for the next page, told as one of asking for it: with <see cref="CseApiException.Listing"/>.</summary>
    /// <param name="error">The failure.</param>
    /// <returns>The same failure; with the position in the list if a page has been handed on.</returns>
    public CseApiException Interrupted(CseApiException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return _handedOn ? error.During(Position(_ahead is null ? _sent + 1 : _sent)) : error;
    }

    /// <summary>Cancels whatever is still under way.</summary>
    public void Dispose()
    {
        _ended = true;
        _disposed.Cancel();

        // Nobody waits for it any more: a failure must not come up as unobserved.
        _ahead?.Answer.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ahead = null;
    }

    private async Task<ListAnswer<T>> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_ahead is var (answer, stop))
        {
            _ahead = null;
            using (stop)
            using (cancellationToken.Register(stop.Cancel))
                return await answer.ConfigureAwait(false);
        }

        try
        {
            return await SendAsync(new PageRequest(_nextOffset, _pageSize), cancellationToken).ConfigureAwait(false);
        }
        catch (CseApiException e) when (_sent == 1 && MayRefuseOffsetZero(e))
        {
            // Some page numbers begin at 1. If that is refused as well, it was not about the offset. A server that is out of order
            // has been tried often enough by then.
            try
            {
                ListAnswer<T> first = await SendAsync(new PageRequest(1, _pageSize, NoRetry: e.StatusCode == 500), cancellationToken).ConfigureAwait(false);
                _offsets.Meaning = OffsetMeaning.PagesFromOne;
                _nextOffset = 1;
                return first;
            }
            catch (CseApiException)
            {
                throw e;
            }
        }
    }

    private async Task<ListAnswer<T>> SendAsync(PageRequest request, CancellationToken cancellationToken)
    {
        _sent++;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        return await _send(request, either.Token).ConfigureAwait(false);
    }

    private static bool MayRefuseOffsetZero(CseApiException e) =>
        (e.Reason == CseErrorReason.RequestRejected && e.StatusCode == 400) || (e.Reason == CseErrorReason.ServerError && e.StatusCode == 500);

    /// <summary>Decides whether the list ends here, and where the next page is.</summary>
    private void Advance(ListAnswer<T> answer, int fresh, long? totalBefore)
    {
        if (answer.Data.Count == 0 || Seen == _lastTotal)
        {
            _ended = true;
        }
        else if (_offsets.Meaning == OffsetMeaning.Unknown)
        {
            if (!_offsets.Add(answer.Data))
                _nextOffset = 1;
            else if (_lastTotal == totalBefore)
                _nextOffset = _offsets.Decide(newAtHead: 0);
        }
        else if (fresh == 0 && !(_lastTotal > totalBefore && ++_stalePages <= MaxStalePages))
        {
            _ended = true;
        }
        else
        {
            _stalePages = fresh > 0 ? 0 : _stalePages;
            _nextOffset = _offsets.Next(_nextOffset, answer.Data.Count);
        }
    }

    private ListingPosition Position(int page) => new()
    {
        Received = Seen,
        Page = page,
        Offset = _nextOffset,
        LastId = (_last as EngineJob)?.Id,
        LastEngineId = (_last as Engine)?.Id,
    };
}
