using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using CseJobs.Client;
using CseJobs.Client.Jobs;

namespace CseJobs.Listing;

/// <summary>The listing of one engine: page by page as the pipeline asks, or read ahead while other engines are being shown.</summary>
internal sealed class EngineListing : IDisposable
{
    private readonly ConcurrentQueue<JobPage?> _pages = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _disposed = new();
    private SemaphoreSlim? _room;
    private ExceptionDispatchInfo? _failure;

    /// <param name="engine">The engine's id.</param>
    /// <param name="pager">Its list; disposed with this.</param>
    public EngineListing(string engine, JobPager pager)
    {
        Engine = engine;
        Pager = pager;
    }

    public string Engine { get; }

    public JobPager Pager { get; }

    /// <summary>Whether all of it was read ahead, so that nothing has to be waited for.</summary>
    public bool IsRead { get; private set; }

    private bool IsReadAhead => _room is not null;

    /// <summary>Reads page after page in the background, one request at a time.</summary>
    /// <param name="turns">Limits the requests that are under way at once.</param>
    /// <param name="refusal">Known when the session was refused meanwhile.</param>
    /// <param name="pages">Pages to hold at most.</param>
    public void ReadAhead(SemaphoreSlim turns, Refusal refusal, int pages)
    {
        _room = new SemaphoreSlim(pages);
        _ = Task.Run(() => ReadAsync(turns, refusal, _room));
    }

    /// <summary>Gets the next page; null at the end.</summary>
    /// <exception cref="CseApiException">The request failed.</exception>
    public async Task<JobPage?> NextAsync(CancellationToken cancellationToken)
    {
        if (!IsReadAhead)
        {
            return await Pager.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        await _arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_pages.TryDequeue(out JobPage? page))
        {
            _room!.Release();
            return page;
        }

        _failure!.Throw();
        return null;
    }

    /// <summary>Lets the next page be asked for while the pipeline works on the last.</summary>
    public void Prefetch()
    {
        if (!IsReadAhead)
        {
            Pager.Prefetch();
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        Pager.Dispose();
    }

    private async Task ReadAsync(SemaphoreSlim turns, Refusal refusal, SemaphoreSlim room)
    {
        try
        {
            JobPage? page;
            do
            {
                await room.WaitAsync(_disposed.Token).ConfigureAwait(false);
                page = await ReadPageAsync(turns, refusal).ConfigureAwait(false);
                _pages.Enqueue(page);
                _arrived.Release();
            }
            while (page is not null);
        }
        catch (Exception e)
        {
            // Whatever it is: it comes up where the pipeline asks for the page.
            _failure = ExceptionDispatchInfo.Capture(e);
            _arrived.Release();
        }

        IsRead = true;
    }

    // A turn for each page: an engine whose pages nobody takes yet must not keep one from the engine that is being shown.
    private async Task<JobPage?> ReadPageAsync(SemaphoreSlim turns, Refusal refusal)
    {
        await turns.WaitAsync(_disposed.Token).ConfigureAwait(false);
        try
        {
            if (refusal.For(Engine, null) is { } known)
            {
                throw Pager.Interrupted(known);
            }

            return await Pager.NextAsync(_disposed.Token).ConfigureAwait(false);
        }
        catch (CseApiException e)
        {
            // Before the next has its turn.
            refusal.Note(e);
            throw;
        }
        finally
        {
            turns.Release();
        }
    }
}
