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
/// servers clamp <c>limit</c>. When the list has become shorter, pages are read again into which items may have moved.
/// </remarks>
public sealed class Pager<T> : IDisposable
{
    // A list that grows at its head as fast as it is read brings pages without a new item: a few in a row are borne.
    private const int MaxStalePages = 3;

    // "The engine type is blank or invalid": no other page would help.
    private const string WrongEngineKind = "SVCSTG.00501134";

    private readonly Func<PageRequest, CancellationToken, Task<ListAnswer<T>>> _send;
    private readonly Predicate<T> _isNew;
    private readonly Predicate<T> _isWanted;
    private readonly Func<bool> _knowsQuery;
    private readonly ListReading _reading;
    private readonly OffsetDetector<T> _offsets;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Queue<long> _again = new();
    private (Task<ListAnswer<T>> Answer, CancellationTokenSource Stop)? _ahead;
    private int _pageSize;
    private int _mostOnPage;
    private int _sent;
    private T? _last;
    private long? _lastTotal;
    private long _nextOffset;
    private bool _handedOn;
    private bool _hasPage;
    private bool _hasShrunk;
    private int _stalePages;
    private bool _ended;

    private Pager(
        Func<PageRequest, CancellationToken, Task<ListAnswer<T>>> send, int pageSize, ListReading reading, Predicate<T> isNew, Func<T, T, bool> areSame, Predicate<T>? isWanted, Func<bool>? knowsQuery)
    {
        _send = send;
        _pageSize = Math.Min(pageSize, reading.Limit);
        _reading = reading;
        _isNew = isNew;
        _isWanted = isWanted ?? (_ => true);
        _knowsQuery = knowsQuery ?? (() => true);
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
        Func<PageRequest, CancellationToken, Task<ListAnswer<T>>> send, int pageSize, ListReading reading, Func<T, TId> idOf, Predicate<TId> isNew, Predicate<T>? isWanted = null, Func<bool>? knowsQuery = null) =>
        new(send, pageSize, reading, item => isNew(idOf(item)), (one, other) => EqualityComparer<TId>.Default.Equals(idOf(one), idOf(other)), isWanted, knowsQuery);

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
        while (!_ended || _again.Count > 0)
        {
            ListAnswer<T> answer;
            long? again = _again.Count > 0 ? _again.Peek() : null;
            try
            {
                answer = again is { } known ? await SendAsync(new PageRequest(known, _pageSize), cancellationToken).ConfigureAwait(false)
                    : await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CseApiException e) when (_handedOn)
            {
                throw e.During(Position(_sent));
            }

            long offset = again ?? _nextOffset;
            List<T> fresh = answer.Data.FindAll(_isNew);
            Seen += fresh.Count;
            _last = fresh.Count > 0 ? fresh[^1] : _last;
            if (again is null)
                Advance(answer, fresh.Count);
            else if (_again.Dequeue() == 0 && _offsets.HasBoth)
                _nextOffset = _offsets.Decide(_offsets.HasNewHead(answer.Data) ? _lastTotal!.Value - Total!.Value : 0);

            List<T> wanted = fresh.FindAll(_isWanted);
            if (wanted.Count > 0 || !_handedOn)
            {
                // The first page goes out even when it is empty: it carries the total.
                _handedOn = true;
                return new Page<T>(wanted) { Total = answer.Total, Number = _sent, Offset = offset, Seen = Seen, IsExact = _knowsQuery() && wanted.Count == fresh.Count };
            }
        }

        return null;
    }

    /// <summary>Gets the items of all pages that are left.</summary>
    /// <param name="cancellationToken">Cancels the request under way.</param>
    /// <returns>The items, in the server's order.</returns>
    /// <exception cref="CseApiException">A request failed; what had come by then is lost to the caller.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<List<T>> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var items = new List<T>();
        while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
            items.AddRange(page.Items);

        return items;
    }

    /// <summary>
    /// Asks for the next page in advance, while the caller works on the last. Does nothing before the third request: a caller
    /// that wants a few items then causes no request that it does not use.
    /// </summary>
    public void Prefetch()
    {
        if (!_ended && _ahead is null && _again.Count == 0 && _sent >= 2)
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

        return _hasPage ? await SendAsync(new PageRequest(_nextOffset, _pageSize), cancellationToken).ConfigureAwait(false)
            : await ReceiveFirstAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The first page. Some page numbers begin at 1, and a limit may be too large: what is refused is tried with offset 1, and then with
    /// a smaller limit. If that is refused as well, it was about something else. A server that is out of order has been tried often
    /// enough by then.
    /// </summary>
    private async Task<ListAnswer<T>> ReceiveFirstAsync(CancellationToken cancellationToken)
    {
        CseApiException? refusal = null;
        for (int? limit = _pageSize; limit is { } size; limit = refusal is { StatusCode: 400 } ? ListReading.SmallerThan(size) : null)
        {
            foreach (long offset in new[] { 0, 1 })
            {
                try
                {
                    ListAnswer<T> first = await SendAsync(new PageRequest(offset, size, NoRetry: refusal?.StatusCode == 500), cancellationToken).ConfigureAwait(false);
                    _reading.Limit = size < _pageSize ? size : _reading.Limit;
                    _offsets.Meaning = offset == 1 ? OffsetMeaning.PagesFromOne : _offsets.Meaning;
                    (_pageSize, _nextOffset, _hasPage) = (size, offset, true);
                    return first;
                }
                catch (CseApiException e) when (MayRefuseOffsetZero(e))
                {
                    refusal ??= e;
                }
                catch (CseApiException) when (refusal is not null)
                {
                    throw refusal;
                }
            }
        }

        throw refusal!;
    }

    private async Task<ListAnswer<T>> SendAsync(PageRequest request, CancellationToken cancellationToken)
    {
        _sent++;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        return await _send(request, either.Token).ConfigureAwait(false);
    }

    private static bool MayRefuseOffsetZero(CseApiException e) =>
        (e.Reason == CseErrorReason.RequestRejected && e.StatusCode == 400 && e.Code != WrongEngineKind) || (e.Reason == CseErrorReason.ServerError && e.StatusCode == 500);

    /// <summary>Decides whether the list ends here, where the next page is, and which pages have to be read again.</summary>
    private void Advance(ListAnswer<T> answer, int fresh)
    {
        long? totalBefore = _lastTotal;
        long gone = Math.Max(0, totalBefore - answer.Total ?? 0);
        _lastTotal = answer.Total ?? _lastTotal;
        Total ??= answer.Total;
        _hasShrunk |= gone > 0;
        _mostOnPage = Math.Max(_mostOnPage, answer.Data.Count);
        long offset = _nextOffset;
        if (answer.Data.Count == 0 || (Seen == _lastTotal && !_hasShrunk))
        {
            _ended = true;
        }
        else if (_offsets.Meaning == OffsetMeaning.Unknown)
        {
            if (!_offsets.Add(answer.Data))
                _nextOffset = 1;
            else if (_lastTotal == totalBefore)
                _nextOffset = _offsets.Decide(newAtHead: 0);
            else
                _again.Enqueue(0);
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

        if (gone > 0 && _again.Count == 0)
            ReadAgain(offset, gone);
    }

    /// <summary>
    /// Items are gone that had been there for the page before: as many others have moved from this page, or one behind it, to one that had
    /// been read already. The nearest pages first: what moves on meanwhile moves to one that is yet to be read again.
    /// </summary>
    private void ReadAgain(long offset, long gone)
    {
        for (long back = 1; back <= (gone + _mostOnPage - 1) / Math.Max(1, _mostOnPage); back++)
        {
            long before = _offsets.Meaning == OffsetMeaning.Records ? offset - (back * _mostOnPage) : offset - back;
            _again.Enqueue(Math.Max(0, before));
            if (before <= 0)
                break;
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
