using System.Threading.Channels;
using CseJobs.Client.Paging;

namespace CseJobs.Listing;

/// <summary>The listing of one engine: page by page as the pipeline asks, or read ahead while other engines are being shown.</summary>
internal sealed class EngineListing(string engine, CseSession session, Pager<EngineJob> pager, OrderedOutput output, AuthFailureLatch authFailure) : IDisposable
{
    // Over all engines: flat memory, however long the lists.
    private const int MaxJobsAhead = 20_000;

    private Channel<Page<EngineJob>>? _ahead;

    public string Engine => engine;

    public CseSession Session => session;

    public long? Total => pager.Total;

    public long Seen => pager.Seen;

    public long Missing => pager.Missing;

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

    /// <summary>Lets the next page be asked for while the pipeline works on the last.</summary>
    public void Prefetch()
    {
        if (_ahead is null)
            pager.Prefetch();
    }

    public void Dispose()
    {
        pager.Dispose();
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
            return await output.SendAsync(authFailure, engine, null, () => pager.NextAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (CseApiException e) when (e.Listing is null)
        {
            throw pager.Interrupted(e);
        }
    }
}

/// <summary>Shows how far a listing is, once it has taken over a second: a progress bar costs more than a short listing.</summary>
internal sealed class ListingProgress(Cmdlet cmdlet, string engine, TimeProvider time) : IDisposable
{
    // Beside those of CallObserver and WaitProgress, and far from those that scripts take.
    private const int Id = 1_700_000;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly string _activity = $"Jobs of engine {SafeText.CleanLine(engine)}";
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = Delay;

    public void Report(long seen, long? total)
    {
        TimeSpan elapsed = time.GetElapsedTime(_start);
        if (elapsed < _next)
            return;

        _next = elapsed + Interval;

        // A new record each time: hosts keep them.
        cmdlet.WriteProgress(new ProgressRecord(Id, _activity, total is null ? $"{seen:N0}" : $"{seen:N0} of {total:N0}")
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
            cmdlet.WriteProgress(new ProgressRecord(Id, _activity, "-") { RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline clears its progress bars itself.
        }
    }
}
