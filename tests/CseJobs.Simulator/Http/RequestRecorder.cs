using Microsoft.AspNetCore.Http;

namespace CseJobs.Simulator.Http;

/// <summary>Remembers what arrived, and how much of it at once.</summary>
internal sealed class RequestRecorder(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _entries = new();
    private int _underWay;
    private int _peak;
    private int _unfinished;

    public int PeakConcurrency
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How many requests have arrived and are not over yet, their answers' bodies included.</summary>
    public int Unfinished
    {
        get
        {
            lock (_gate)
            {
                return _unfinished;
            }
        }
    }

    /// <summary>Notes an arrival. Every arrival must be ended once.</summary>
    public Entry Arrive(HttpContext context, RequestTarget target, string body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in context.Request.Headers)
        {
            headers[header.Key] = header.Value.ToString();
        }

        var entry = new Entry(
            new RecordedRequest(context.Request.Method, target.Path, target.Query, headers, body, 0, DateTimeOffset.UtcNow));
        lock (_gate)
        {
            if (_entries.Count >= limit)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
            _peak = Math.Max(_peak, ++_underWay);
            _unfinished++;
        }

        return entry;
    }

    /// <summary>Notes as whom a request is seen.</summary>
    public void Identify(Entry entry, string? identity)
    {
        lock (_gate)
        {
            entry.Identity = identity;
        }
    }

    /// <summary>
    /// Notes what is about to be answered. Before sending, not after: a client that has its answer must find the status
    /// here, and its next request must not seem to run beside the last one.
    /// </summary>
    public void Complete(Entry entry, int status)
    {
        lock (_gate)
        {
            entry.Status = status;
            Leave(entry);
        }
    }

    /// <summary>Notes that all is sent, or that nothing more will be.</summary>
    public void End(Entry entry)
    {
        lock (_gate)
        {
            _unfinished--;
            Leave(entry);
        }
    }

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _entries.Select(entry => entry.Request with { StatusCode = entry.Status, Identity = entry.Identity })];
        }
    }

    /// <summary>What is remembered, which is forgotten: nothing that arrives meanwhile gets lost.</summary>
    public IReadOnlyList<RecordedRequest> Take()
    {
        lock (_gate)
        {
            IReadOnlyList<RecordedRequest> taken = Snapshot();
            Clear();
            return taken;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _peak = _underWay;
        }
    }

    private void Leave(Entry entry)
    {
        if (!entry.Left)
        {
            entry.Left = true;
            _underWay--;
        }
    }

    internal sealed class Entry(RecordedRequest request)
    {
        public RecordedRequest Request { get; } = request;

        public int Status { get; set; }

        public string? Identity { get; set; }

        public bool Left { get; set; }
    }
}
