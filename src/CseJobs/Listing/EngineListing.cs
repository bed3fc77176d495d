using System.Threading.Channels;
using CseJobs.Client.Paging;

namespace CseJobs.Listing;

/// <summary>The listing of one engine: page by page as the pipeline asks, or read ahead while other engines are being shown.</summary>
internal sealed class EngineListing : IDisposable
{
    // Over all engines: flat memory, however long the lists.
    private const int MaxJobsAhead = 20_000;

    private readonly Pager<EngineJob> _pager;
    private readonly OrderedOutput _output;
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationToken _disposedToken;
    private Channel<Page<EngineJob>>? _ahead;

    /// <param name="engine">The engine's id.</param>
    /// <param name="pager">Its list; disposed with this.</param>
    /// <param name="output">Gives each request its turn.</param>
    public EngineListing(string engine, Pager<EngineJob> pager, OrderedOutput output)
    {
        Engine = engine;
        _pager = pager;
        _output = output;
        _disposedToken = _disposed.Token;
    }

    public string Engine { get; }

    /// <summary>How many jobs the server announced; null when it did not say. To be asked after the last page.</summary>
    public long? Total => _pager.Total;

    /// <summary>Different jobs received. To be asked after the last page.</summary>
    public long Seen => _pager.Seen;

    /// <summary>How many of the announced jobs never came. To be asked after the last page.</summary>
    public long Missing => _pager.Missing;

    /// <summary>Reads page after page in the background, one request at a time.</summary>
    /// <param name="pageSize">Jobs on a page.</param>
    /// <returns>Ends when nothing has to be waited for any more; never fails.</returns>
    public Task ReadAheadAsync(int pageSize)
    {
        _ahead = Channel.CreateBounded<Page<EngineJob>>(Math.Max(1, MaxJobsAhead / _output.Window / pageSize));
        return Task.Run(() => ReadAllAsync(_ahead.Writer));
    }

    /// <summary>Gets the next page; null at the end.</summary>
    /// <exception cref="CseApiException">The request failed.</exception>
    public async Task<Page<EngineJob>?> NextAsync(CancellationToken cancellationToken)
    {
        if (_ahead is null)
            return await ReadPageAsync(cancellationToken).ConfigureAwait(false);

        return await _ahead.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _ahead.Reader.TryRead(out Page<EngineJob>? page)
            ? page
            : null;
    }

    /// <summary>Lets the next page be asked for while the pipeline works on the last.</summary>
    public void Prefetch()
    {
        if (_ahead is null)
            _pager.Prefetch();
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        _pager.Dispose();
    }

    private async Task ReadAllAsync(ChannelWriter<Page<EngineJob>> writer)
    {
        try
        {
            // Room for a page before it is asked for.
            while (await writer.WaitToWriteAsync(_disposedToken).ConfigureAwait(false)
                && await ReadPageAsync(_disposedToken).ConfigureAwait(false) is { } page)
            {
                writer.TryWrite(page);
            }

            writer.Complete();
        }
        catch (Exception e)
        {
            // Whatever it is: it comes up where the pipeline asks for the page.
            writer.Complete(e);
        }
    }

    // A turn for each page: an engine whose pages nobody takes yet must not keep one from the engine that is being shown.
    private async Task<Page<EngineJob>?> ReadPageAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _output.SendAsync(Engine, null, () => _pager.NextAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (CseApiException e) when (e.Listing is null)
        {
            throw _pager.Interrupted(e);
        }
    }
}
