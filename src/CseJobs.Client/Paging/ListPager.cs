using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>
/// Walks a list page by page, whatever the server means by <c>offset</c> and whatever <c>limit</c> it grants. Hands every item on
/// once. Not thread-safe: one consumer asks for one page after the other.
/// </summary>
/// <typeparam name="TItem">What is listed.</typeparam>
/// <typeparam name="TId">What identifies it.</typeparam>
/// <remarks>
/// Offset 0 is the first page under every reading. If there is more, offset 1 shows the reading (see <see cref="OffsetProbe"/>).
/// The end is an empty page, a page with no new item, or as many items as the server says there are. A short page is no end:
/// servers clamp <c>limit</c>.
/// </remarks>
internal sealed class ListPager<TItem, TId> : IDisposable
{
    // A list that grows at its head as fast as it is read brings pages without a new item: a few in a row are borne.
    private const int MaxStalePages = 3;

    private readonly PageRequests<TItem> _requests;
    private readonly ItemLedger<TItem, TId> _ledger;
    private OffsetReading _reading;
    private List<TId>? _firstPageIds;
    private ListAnswer<TItem>? _secondPage;
    private long? _firstTotal;
    private long? _lastTotal;
    private long _nextOffset;
    private int _lastCount;
    private bool _handedOn;
    private int _stalePages;
    private bool _ended;

    /// <param name="fetch">Asks the server.</param>
    /// <param name="pageSize">Items to ask for per page.</param>
    /// <param name="ledger">Tells items apart; one for each listing.</param>
    public ListPager(PageFetch<TItem> fetch, int pageSize, ItemLedger<TItem, TId> ledger)
    {
        _requests = new PageRequests<TItem>(fetch, pageSize);
        _ledger = ledger;
    }

    public long Seen => _ledger.Count;

    public long? Total => _firstTotal;

    public bool WantsAll { get; set; }

    public long Missing => _ended && _firstTotal is { } total ? Math.Max(0, Math.Min(total, _lastTotal ?? total) - Seen) : 0;

    public async Task<ListPage<TItem>?> NextAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            long offset = _nextOffset;
            ListAnswer<TItem> page;
            try
            {
                if (_secondPage is not null)
                {
                    await LearnReadingOfGrowingListAsync(cancellationToken).ConfigureAwait(false);
                    offset = _nextOffset;
                }

                (page, offset) = await ReceiveAsync(offset, cancellationToken).ConfigureAwait(false);
            }
            catch (CseApiException e) when (_handedOn)
            {
                throw e.During(_ledger.Position(_requests.Current, offset));
            }

            long? totalBefore = _lastTotal;
            _lastTotal = page.Total ?? _lastTotal;
            _firstTotal ??= page.Total;

            (List<TItem> wanted, int fresh) = TakeNew(page.Data);
            Advance(page, fresh, offset, totalBefore);
            _lastCount = page.Data.Count;
            _requests.Settle(_ended ? null : _nextOffset);
            if (wanted.Count > 0 || !_handedOn)
            {
                // The first page goes out even when it is empty: it carries the total.
                _handedOn = true;
                return new ListPage<TItem>(wanted, page.Total, _requests.Current, offset, wanted.Count == fresh);
            }
        }

        return null;
    }

    public void Prefetch()
    {
        if (!_ended && !_requests.IsAhead && _secondPage is null && _requests.Sent >= 2)
        {
            _requests.SendAhead(_nextOffset);
        }
    }

    public CseApiException Interrupted(CseApiException error) =>
        _handedOn ? error.During(_ledger.Position(_requests.Current + 1, _nextOffset)) : error;

    public void Dispose()
    {
        _ended = true;
        _requests.Dispose();
    }

    private async Task<(ListAnswer<TItem> Page, long Offset)> ReceiveAsync(long offset, CancellationToken cancellationToken)
    {
        if (_requests.IsAhead)
        {
            return (await _requests.TakeAheadAsync(WantsAll ? GuessNext : null, cancellationToken).ConfigureAwait(false), offset);
        }

        try
        {
            return (await _requests.SendAsync(offset, cancellationToken).ConfigureAwait(false), offset);
        }
        catch (CseApiException e) when (_requests.Sent == 1 && MayRefuseOffsetZero(e))
        {
            // Some page numbers begin at 1. If that is refused as well, it was not about the offset. A server that is out of order
            // has been tried often enough by then.
            try
            {
                ListAnswer<TItem> page = await _requests.SendAsync(1, cancellationToken, once: e.StatusCode == 500).ConfigureAwait(false);
                _reading = OffsetReading.PagesFromOne;
                return (page, 1);
            }
            catch (CseApiException)
            {
                throw e;
            }
        }
    }

    private static bool MayRefuseOffsetZero(CseApiException e) =>
        (e.Reason == CseErrorReason.RequestRejected && e.StatusCode == 400) || (e.Reason == CseErrorReason.ServerError && e.StatusCode == 500);

    /// <summary>The offset of the page behind another, where there is little doubt that it exists and that pages are as long as the last.</summary>
    private long? GuessNext(long offset) =>
        Seen + _lastCount < _lastTotal ? NextAfter(offset, _lastCount) : null;

    /// <returns>The items not seen before that are wanted, and how many were new in all.</returns>
    private (List<TItem> Wanted, int Fresh) TakeNew(List<TItem> items)
    {
        var wanted = new List<TItem>(items.Count);
        int fresh = 0;
        foreach (TItem item in items)
        {
            if (!_ledger.Add(item))
            {
                continue;
            }

            fresh++;
            if (_ledger.Includes(item))
            {
                wanted.Add(item);
            }
        }

        return (wanted, fresh);
    }

    /// <summary>Decides whether the list ends here, and where the next page is.</summary>
    private void Advance(ListAnswer<TItem> page, int fresh, long offset, long? totalBefore)
    {
        if (page.Data.Count == 0 || Seen == _lastTotal)
        {
            _ended = true;
            return;
        }

        if (_reading == OffsetReading.Unknown && _firstPageIds is null)
        {
            _firstPageIds = page.Data.Select(_ledger.IdOf).ToList();
            _nextOffset = 1;
            return;
        }

        if (_reading == OffsetReading.Unknown)
        {
            _secondPage = page;
            if (_lastTotal is null || _lastTotal == totalBefore)
            {
                LearnReading(newAtHead: 0);
            }

            return;
        }

        if (fresh == 0 && !(_lastTotal > totalBefore && ++_stalePages <= MaxStalePages))
        {
            _ended = true;
            return;
        }

        _stalePages = fresh > 0 ? 0 : _stalePages;
        MoveOn(page, offset);
    }

    // By what came, not by what was asked for or was new: the server may clamp the limit, and when items appear at the head of
    // the list, pages overlap.
    private void MoveOn(ListAnswer<TItem> page, long offset) =>
        _nextOffset = NextAfter(offset, page.Data.Count);

    private long NextAfter(long offset, int count) => offset + (_reading == OffsetReading.Records ? count : 1);

    private void LearnReading(long newAtHead)
    {
        _reading = OffsetProbe.Read(_firstPageIds!, _secondPage!.Data.Select(_ledger.IdOf).ToList(), newAtHead);
        MoveOn(_secondPage, 1);
        _firstPageIds = null;
        _secondPage = null;
    }

    /// <summary>
    /// The list grew between the two probes. Whether at its head, which moves every page, or at its tail, which moves none,
    /// shows in the first page asked for again.
    /// </summary>
    private async Task LearnReadingOfGrowingListAsync(CancellationToken cancellationToken)
    {
        ListAnswer<TItem> again = await _requests.SendAsync(0, cancellationToken).ConfigureAwait(false);
        bool growsAtHead = again.Data.Count > 0 && !EqualityComparer<TId>.Default.Equals(_ledger.IdOf(again.Data[0]), _firstPageIds![0]);
        LearnReading(growsAtHead ? _lastTotal!.Value - _firstTotal!.Value : 0);
    }
}
