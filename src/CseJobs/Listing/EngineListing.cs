using System.Threading.Channels;
using CseJobs.Client.Http;
using CseJobs.Client.Paging;

namespace CseJobs.Listing;

/// <summary>The listing of one engine: page by page as the pipeline asks, or read ahead while other engines are being shown.</summary>
internal sealed class EngineListing(TargetEngine engine, CseSession session, Func<string, Pager<EngineJob>> open, OrderedOutput output, AuthFailureLatch authFailure) : IDisposable
{
    // Over all engines: flat memory, however long the lists.
    public const int MaxJobsAhead = 20_000;

    private string _id = engine.Id;
    private Pager<EngineJob> _pager = open(engine.Id);
    private volatile bool _isDisposed;
    private Channel<Page<EngineJob>>? _ahead;

    public TargetEngine Engine => engine;

    public CseSession Session => session;

    public long? Total => _pager.Total;

    public long Seen => _pager.Seen;

    public long Missing => _pager.Missing;

    /// <summary>Reads page after page in the background, one request at a time.</summary>
    /// <returns>Ends when nothing has to be waited for any more; never fails.</returns>
    public Task ReadAheadAsync(int pageSize)
    {
        _ahead = Channel.CreateBounded<Page<EngineJob>>(Math.Max(1, MaxJobsAhead / output.Window / pageSize));
        return Task.Run(() => ReadAllAsync(_ahead.Writer));
    }

    /// <summary>Gets the next page; null at the end.</summary>
    /// <exception cref="CseApiException">The request failed.</exception>
    public async Task<Page<EngineJob>?> NextAsync(CancellationToken cancellationToken)
    {
        if (_ahead is null)
            return await ReadPageAsync(cancellationToken).ConfigureAwait(false);

        return await _ahead.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _ahead.Reader.TryRead(out Page<EngineJob>? page) ? page : null;
    }

    /// <summary>Reads a job of the engine in detail.</summary>
    public Task<EngineJob> ReadJobAsync(long id, ICallObserver observer, CancellationToken cancellationToken) => session.Client.GetJobAsync(_id, id, observer, cancellationToken);

    /// <summary>Lets the next page be asked for while the pipeline works on the last.</summary>
    public void Prefetch()
    {
        if (_ahead is null)
            _pager.Prefetch();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _pager.Dispose();
        _ahead?.Writer.TryComplete();
    }

    private async Task ReadAllAsync(ChannelWriter<Page<EngineJob>> writer)
    {
        try
        {
            // Room for a page before it is asked for.
            while (await writer.WaitToWriteAsync().ConfigureAwait(false) && await ReadPageAsync(CancellationToken.None).ConfigureAwait(false) is { } page)
                writer.TryWrite(page);

            writer.TryComplete();
        }
        catch (Exception e)
        {
            // Whatever it is: it comes up where the pipeline asks for the page.
            writer.TryComplete(e);
        }
    }

    // A turn for each page: an engine whose pages nobody takes yet must not keep one from the engine that is being shown.
    private async Task<Page<EngineJob>?> ReadPageAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await output.SendAsync(authFailure, engine.Text, null, () => engine.SendAsync(id => PagerOf(id).NextAsync(cancellationToken))).ConfigureAwait(false);
        }
        catch (CseApiException e) when (e.Listing is null)
        {
            throw _pager.Interrupted(e);
        }
    }

    /// <summary>The pager; another one once the engine's name has told its id, which is before a first page has come.</summary>
    private Pager<EngineJob> PagerOf(string id)
    {
        if (id != _id)
        {
            _pager.Dispose();
            (_pager, _id) = (open(id), id);
            if (_isDisposed)
                _pager.Dispose();
        }

        return _pager;
    }
}

/// <summary>Shows how far a listing, or a row of several, is, once it has taken over a second: a progress bar costs more than a short listing.</summary>
internal sealed class ListingProgress(Cmdlet cmdlet, int id, string activity, string unit, TimeProvider time) : IDisposable
{
    // Ids of bars, beside those of CallObserver and WaitProgress, and far from those that scripts take.
    public const int OfEngine = 1_700_000;
    public const int OfInput = 1_699_000;

    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = Delay;

    public void Report(long seen, long? total)
    {
        TimeSpan elapsed = time.GetElapsedTime(_start);
        if (elapsed < _next)
            return;

        _next = elapsed + Interval;

        // A new record each time: hosts keep them.
        cmdlet.WriteProgress(new ProgressRecord(id, activity, (total is null ? $"{seen:N0}" : $"{seen:N0} of {total:N0}") + unit)
        {
            PercentComplete = total > 0 ? (int)Math.Min(100, seen * 100 / total.Value) : -1,
        });
    }

    public void Dispose()
    {
        if (_next == Delay)
            return;

        try
        {
            cmdlet.WriteProgress(new ProgressRecord(id, activity, "-") { RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline clears its progress bars itself.
        }
    }
}
