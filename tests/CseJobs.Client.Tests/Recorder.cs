using System.Collections.Concurrent;
using CseJobs.Client.Http;

namespace CseJobs.Client.Tests;

/// <summary>Keeps what a call tells of itself.</summary>
internal sealed class Recorder : ICallObserver
{
    private readonly ConcurrentQueue<RequestTrace> _requests = new();
    private readonly ConcurrentQueue<RetryWait> _waits = new();

    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<string> _notices = new();

    public IReadOnlyList<RequestTrace> Requests => _requests.ToList();

    public IReadOnlyList<RetryWait> Waits => _waits.ToList();

    public IReadOnlyList<string> Warnings => _warnings.ToList();

    public IReadOnlyList<string> Notices => _notices.ToList();

    public void Notice(string message) => _notices.Enqueue(message);

    public void Warning(string message) => _warnings.Enqueue(message);

    public void RequestEnded(RequestTrace trace) => _requests.Enqueue(trace);

    public void Waiting(RetryWait wait) => _waits.Enqueue(wait);
}
