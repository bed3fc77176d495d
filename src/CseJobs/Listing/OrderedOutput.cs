using System.Collections.Concurrent;

namespace CseJobs.Listing;

/// <summary>
/// What a pipeline has asked for, be it jobs or lists: at most limit requests are under way at once in each session, and what they bring is
/// shown in the order of the input. Used on the pipeline's thread, except for <see cref="SendAsync"/>.
/// </summary>
internal sealed class OrderedOutput(int limit, bool isEager, CancellationToken cancellationToken) : IDisposable
{
    // What is done but waits for its turn to be shown must not stop what could be done: so much more than the limit is begun.
    private const int WindowFactor = 2;

    // Of several sessions; enough that the engines of one do not keep the others waiting.
    private const int MaxWindow = 200;

    private readonly Queue<(Task Work, Action Show, IDisposable? Resource)> _entries = new();
    private readonly ConcurrentDictionary<AuthFailureLatch, Lane> _lanes = new();
    private bool _isWide;

    /// <summary>Entries that are begun at once; 1 where each is shown before the next begins.</summary>
    public int Window { get; private set; } = limit == 1 ? 1 : limit * WindowFactor;

    /// <summary>Entries that have come or are known to come.</summary>
    public long Expected { get; private set; }

    /// <summary>Entries that were shown.</summary>
    public long Shown { get; private set; }

    /// <summary>Whether more than one entry is begun at once. Unless eager, not for the only one so far: it may be all that is wanted.</summary>
    public bool IsSideBySide => Window > 1 && (isEager || _isWide || Expected > 1);

    /// <summary>Begins more at once, unless each entry is shown before the next begins: more than one session is used, and none is to wait for another.</summary>
    /// <param name="most">How many entries there is room for.</param>
    public void Widen(int most)
    {
        _isWide = true;
        Window = Window == 1 ? 1 : Math.Max(Window, Math.Min(most, MaxWindow));
    }

    /// <summary>Tells that so many entries will be added.</summary>
    public void Expect(int entries) => Expected += entries;

    /// <summary>Adds what was begun, and shows what is to be shown by now.</summary>
    /// <param name="work">The work in the background; once it has ended, showing it waits for nothing.</param>
    /// <param name="show">Shows what came of it, waiting for what has not come yet.</param>
    /// <param name="resource">Disposed when it has been shown, or is not to be any more.</param>
    public void Add(Task work, Action show, IDisposable? resource = null)
    {
        _entries.Enqueue((work, show, resource));
        ShowUntil(IsSideBySide ? Window - 1 : 0);
    }

    /// <summary>Shows all that is left.</summary>
    public void ShowAll() => ShowUntil(0);

    /// <summary>Sends a request when it has its turn. After a refusal of its session nothing is sent there any more.</summary>
    /// <exception cref="CseApiException">The request failed, or the session was refused before.</exception>
    public async Task<T> SendAsync<T>(AuthFailureLatch authFailure, string engine, long? job, Func<Task<T>> send)
    {
        // The first of a session goes alone: a refused key or password must not be sent four times before anybody knows.
        Lane lane = _lanes.GetOrAdd(authFailure, _ => new Lane(limit));
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!isEager && Interlocked.CompareExchange(ref lane.First, answered.Task, null) is { } first)
            await first.WaitAsync(cancellationToken).ConfigureAwait(false);

        await lane.Turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            authFailure.ThrowIfSet(engine, job);
            return await send().ConfigureAwait(false);
        }
        catch (CseApiException e)
        {
            // Before the next has its turn.
            authFailure.Note(e);
            throw;
        }
        finally
        {
            lane.Turns.Release();
            answered.TrySetResult();
        }
    }

    public void Dispose()
    {
        while (_entries.TryDequeue(out (Task Work, Action Show, IDisposable? Resource) entry))
            entry.Resource?.Dispose();
    }

    private void ShowUntil(int left)
    {
        while (_entries.Count > left || (_entries.Count > 0 && _entries.Peek().Work.IsCompleted))
        {
            (_, Action show, IDisposable? resource) = _entries.Dequeue();
            using (resource)
                show();

            Shown++;
        }
    }

    /// <summary>The requests of one session.</summary>
    private sealed class Lane(int limit)
    {
        public Task? First;

        public SemaphoreSlim Turns { get; } = new(limit);
    }
}
