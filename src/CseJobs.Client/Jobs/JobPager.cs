using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client.Json;

namespace CseJobs.Client.Jobs;

/// <summary>
/// Walks an engine's job list page by page, whatever the server means by <c>offset</c> and whatever <c>limit</c> it grants.
/// Hands every job on once. Not thread-safe: one consumer asks for one page after the other.
/// </summary>
/// <remarks>
/// Offset 0 is the first page under every reading. If there is more, offset 1 shows the reading (see <see cref="OffsetProbe"/>).
/// The end is an empty page, a page with no new job, or as many jobs as the server says there are. A short page is no end:
/// servers clamp <c>limit</c>.
/// </remarks>
public sealed class JobPager : IDisposable
{
    // A list that grows at its head as fast as it is read brings pages without a new job: a few in a row are borne.
    private const int MaxStalePages = 3;

    private readonly PageRequests _requests;
    private readonly JobQuery _query;
    private readonly SeenIds _seen = new();
    private OffsetReading _reading;
    private List<long>? _firstPageIds;
    private JobListPage? _secondPage;
    private long? _firstTotal;
    private long? _lastTotal;
    private long _nextOffset;
    private int _lastCount;
    private bool _handedOn;
    private long? _lastId;
    private int _stalePages;
    private bool _ended;

    internal JobPager(PageFetch fetch, JobQuery query)
    {
        _requests = new PageRequests(fetch, query.PageSize);
        _query = query;
    }

    /// <summary>Different jobs received so far.</summary>
    public long Seen => _seen.Count;

    /// <summary>How many jobs there were when the listing began, as the server said (API field <c>total</c>); null when it did not say.</summary>
    public long? Total => _firstTotal;

    /// <summary>
    /// Whether every page is wanted as far as is known. Then the next page is asked for as soon as one has arrived that the
    /// caller waits for, before that one is read. False by default.
    /// </summary>
    public bool WantsAll { get; set; }

    /// <summary>How many of the announced jobs never came; 0 while the listing goes on and after one that is complete.</summary>
    public long Missing => _ended && _firstTotal is { } total ? Math.Max(0, Math.Min(total, _lastTotal ?? total) - Seen) : 0;

    /// <summary>Gets the next page that has a job not handed on before; the first one also when it has none, for its total.</summary>
    /// <param name="cancellationToken">Cancels the request under way.</param>
    /// <returns>The page; null at the end of the list.</returns>
    /// <exception cref="CseApiException">The request failed. After a first page its <see cref="CseApiException.Listing"/> says how far the listing had come; another call asks for the same page again.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<JobPage?> NextAsync(CancellationToken cancellationToken = default)
    {
        while (!_ended)
        {
            long offset = _nextOffset;
            JobListPage page;
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
                throw e.During(new ListingPosition(Seen, _requests.Current, offset, _lastId));
            }

            long? totalBefore = _lastTotal;
            _lastTotal = page.Total ?? _lastTotal;
            _firstTotal ??= page.Total;

            (List<EngineJob> wanted, int fresh) = TakeNew(page.Data);
            Advance(page, fresh, offset, totalBefore);
            _lastCount = page.Data.Count;
            _requests.Settle(_ended ? null : _nextOffset);
            if (wanted.Count > 0 || !_handedOn)
            {
                // The first page goes out even when it is empty: it carries the total.
                _handedOn = true;
                return new JobPage(wanted, page.Total, _requests.Current, offset, wanted.Count == fresh);
            }
        }

        return null;
    }

    /// <summary>
    /// Asks for the next page in advance, while the caller works on the last. Does nothing before the third request: a caller
    /// that wants a few jobs then causes no request that it does not use.
    /// </summary>
    public void Prefetch()
    {
        if (!_ended && !_requests.IsAhead && _secondPage is null && _requests.Sent >= 2)
        {
            _requests.SendAhead(_nextOffset);
        }
    }

    /// <summary>Cancels whatever is still under way.</summary>
    public void Dispose()
    {
        _ended = true;
        _requests.Dispose();
    }

    private async Task<(JobListPage Page, long Offset)> ReceiveAsync(long offset, CancellationToken cancellationToken)
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
            // Some page numbers begin at 1. If that is refused as well, it was not about the offset.
            try
            {
                JobListPage page = await _requests.SendAsync(1, cancellationToken).ConfigureAwait(false);
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

    /// <returns>The jobs not seen before that lie in the window, and how many were new in all.</returns>
    private (List<EngineJob> Wanted, int Fresh) TakeNew(List<EngineJob> jobs)
    {
        var wanted = new List<EngineJob>(jobs.Count);
        int fresh = 0;
        foreach (EngineJob job in jobs)
        {
            if (!_seen.Add(job.Id))
            {
                continue;
            }

            fresh++;
            _lastId = job.Id;
            if (_query.Includes(job))
            {
                wanted.Add(job);
            }
        }

        return (wanted, fresh);
    }

    /// <summary>Decides whether the list ends here, and where the next page is.</summary>
    private void Advance(JobListPage page, int fresh, long offset, long? totalBefore)
    {
        if (page.Data.Count == 0 || Seen == _lastTotal)
        {
            _ended = true;
            return;
        }

        if (_reading == OffsetReading.Unknown && _firstPageIds is null)
        {
            _firstPageIds = page.Data.Select(job => job.Id).ToList();
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

    // By what came, not by what was asked for or was new: the server may clamp the limit, and when jobs appear at the head of
    // the list, pages overlap.
    private void MoveOn(JobListPage page, long offset) =>
        _nextOffset = NextAfter(offset, page.Data.Count);

    private long NextAfter(long offset, int count) => offset + (_reading == OffsetReading.Records ? count : 1);

    private void LearnReading(long newAtHead)
    {
        _reading = OffsetProbe.Read(_firstPageIds!, _secondPage!.Data.Select(job => job.Id).ToList(), newAtHead);
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
        JobListPage again = await _requests.SendAsync(0, cancellationToken).ConfigureAwait(false);
        bool growsAtHead = again.Data.Count > 0 && again.Data[0].Id != _firstPageIds![0];
        LearnReading(growsAtHead ? _lastTotal!.Value - _firstTotal!.Value : 0);
    }
}
