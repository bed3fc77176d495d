using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>
/// Sends the requests of a listing: one at a time, up to one page ahead of what the caller has. Two run at once only while the
/// first of them has arrived and is being read.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class PageRequests<T> : IDisposable
{
    private readonly PageFetch<T> _fetch;
    private readonly int _limit;
    private readonly CancellationTokenSource _disposed = new();
    private PageRequest<T>? _ahead;
    private PageRequest<T>? _guess;
    private volatile Func<long, long?>? _nextAfter;

    /// <param name="fetch">Asks the server.</param>
    /// <param name="limit">Items to ask for per page.</param>
    public PageRequests(PageFetch<T> fetch, int limit)
    {
        _fetch = fetch;
        _limit = limit;
    }

    /// <summary>Requests sent so far.</summary>
    public int Sent { get; private set; }

    /// <summary>Number of the request that was waited for last, from 1.</summary>
    public int Current { get; private set; }

    /// <summary>Whether a page was asked for in advance.</summary>
    public bool IsAhead => _ahead is not null;

    /// <summary>Asks for a page and waits for it.</summary>
    /// <param name="offset">The <c>offset</c> to ask for.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <param name="once">Whether one try is enough.</param>
    public async Task<ListAnswer<T>> SendAsync(long offset, CancellationToken cancellationToken, bool once = false)
    {
        Current = ++Sent;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        return await _fetch(new PageAsk(offset, _limit, () => { }) { Once = once }, either.Token).ConfigureAwait(false);
    }

    /// <summary>Asks for a page in advance.</summary>
    public void SendAhead(long offset) => _ahead = Start(offset);

    /// <summary>Waits for the page that was asked for in advance.</summary>
    /// <param name="nextAfter">
    /// Guesses from a page's offset that of the next; null when there may be none. Called as soon as the page has arrived,
    /// before it is read: the network would be idle meanwhile. Not called for a page that arrived before the caller wanted it.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<ListAnswer<T>> TakeAheadAsync(Func<long, long?>? nextAfter, CancellationToken cancellationToken)
    {
        using PageRequest<T> ahead = _ahead!;
        _ahead = null;
        Current = ahead.Number;

        // This request alone: whoever cancelled may ask for the page again.
        using (cancellationToken.Register(ahead.Cancel))
        {
            _nextAfter = nextAfter;
            try
            {
                return await ahead.Page.ConfigureAwait(false);
            }
            finally
            {
                _nextAfter = null;
            }
        }
    }

    /// <summary>Keeps a guessed request if it asks for the right page, and forgets it otherwise.</summary>
    /// <param name="nextOffset">Where the next page is; null at the end.</param>
    public void Settle(long? nextOffset)
    {
        if (_guess is { } guess)
        {
            _guess = null;
            if (guess.Offset == nextOffset)
            {
                _ahead = guess;
            }
            else
            {
                Forget(guess);
            }
        }
    }

    /// <summary>Cancels whatever is still under way.</summary>
    public void Dispose()
    {
        if (!_disposed.IsCancellationRequested)
        {
            _disposed.Cancel();
            Forget(_ahead);
            Forget(_guess);
        }
    }

    private PageRequest<T> Start(long offset)
    {
        var request = new PageRequest<T>(offset, ++Sent, _disposed.Token);
        request.Page = _fetch(new PageAsk(offset, _limit, () => Arrived(request)), request.StopToken);
        return request;
    }

    private void Arrived(PageRequest<T> request)
    {
        if (_nextAfter is { } nextAfter && _guess is null && nextAfter(request.Offset) is { } next)
        {
            _guess = Start(next);
        }
    }

    // Nobody waits for it any more: a failure must not come up as unobserved.
    private static void Forget(PageRequest<T>? request) => request?.Page.ContinueWith(
        ended =>
        {
            _ = ended.Exception;
            request.Dispose();
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
