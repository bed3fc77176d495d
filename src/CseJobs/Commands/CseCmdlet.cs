using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using CseJobs.Client.Http;

namespace CseJobs.Commands;

/// <summary>
/// Base of all cmdlets: one cancellation for all background work, and one way to wait for it. Only the pipeline thread may
/// write, so background work queues its output, and <see cref="Await{T}"/> writes it.
/// </summary>
public abstract class CseCmdlet : PSCmdlet, IDisposable
{
    // Cancelled, not disposed: background work may use both after the cmdlet has ended.
    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<Action> _messages = new();

    private readonly CallObserver _observer;

    private protected CseCmdlet() => _observer = new CallObserver(this);

    /// <summary>Writes requests and waits to the verbose and progress streams.</summary>
    private protected ICallObserver Observer => _observer;

    /// <summary>Requests for jobs so far, those that failed among them.</summary>
    private protected long JobRequests => _observer.JobRequests;

    /// <summary>Cancelled on Ctrl+C, when the pipeline stops, and when the cmdlet is disposed.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Cancels background work. After <c>Select-Object -First</c> the engine calls this and not StopProcessing.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Cancels background work.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _observer.StopTimer();
        }
    }

    /// <summary>Queues an action that the pipeline thread runs the next time it waits. For background work, which must not write itself.</summary>
    private protected void Post(Action message) => _messages.Add(message);

    /// <summary>Waits on the pipeline thread for background work, and runs its queued actions meanwhile.</summary>
    /// <param name="task">The work; it must end when <see cref="StopToken"/> is cancelled.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped. Cmdlets must not catch it: Select-Object -First relies on it.</exception>
    private protected T Await<T>(Task<T> task)
    {
        if (!task.IsCompleted)
        {
            // An empty message ends the wait below.
            task.ContinueWith(_ => Post(() => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        while (!task.IsCompleted)
            _messages.Take()();

        // Only what is there: background work that goes on may add without end.
        for (int left = _messages.Count; left > 0; left--)
            _messages.Take()();

        _observer.HideWait();
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>What background work gives, piece by piece, on the pipeline's thread.</summary>
    /// <param name="items">The work; it must end when <see cref="StopToken"/> is cancelled.</param>
    private protected IEnumerable<T> Each<T>(IAsyncEnumerable<T> items)
    {
        IAsyncEnumerator<T> next = items.GetAsyncEnumerator(StopToken);
        try
        {
            while (Await(next.MoveNextAsync().AsTask()))
                yield return next.Current;
        }
        finally
        {
            // Nothing is under way by then: what was waited for has ended.
            next.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>The open sessions of a name or pattern; writes an error when a name has none.</summary>
    private protected IReadOnlyList<CseSession> FindSessions(string name)
    {
        var pattern = new NamePattern(name);
        CseSession[] found = SessionStore.List(Runspace.DefaultRunspace).Where(session => pattern.Matches(session.Name)).ToArray();
        if (pattern.IsMissing)
            WriteError(ErrorRecords.SessionNotFound(name));

        return found;
    }

    /// <summary>Whether a parameter was given, be it by the pipeline or by $PSDefaultParameterValues.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Whether a parameter was typed: what $PSDefaultParameterValues fills in is bound alike, but says nothing of this call.</summary>
    private protected bool IsTyped(string parameter) => IsBound(parameter) && !HasDefault(parameter);

    /// <summary>Ends the cmdlet because of parameters that cannot be combined.</summary>
    private protected void Refuse(string message, object? target = null) =>
        ThrowTerminatingError(ErrorRecords.InvalidArgument(new ArgumentException(message), target));

    private bool HasDefault(string parameter) =>
        GetVariableValue("PSDefaultParameterValues").Bare() is IDictionary defaults && defaults.Keys.OfType<string>().Any(key =>
            key.LastIndexOf(':') is > 0 and var colon
            && new NamePattern(key[..colon].Trim(' ', '\'', '"')).Matches(MyInvocation.MyCommand.Name)
            && new NamePattern(key[(colon + 1)..].Trim(' ', '\'', '"')).Matches(parameter));

    /// <summary>
    /// Writes a verbose line for each request and each wait before a retry, and shows a progress bar until the retries end, which counts
    /// the seconds down: a throttled script must not look as if it hung.
    /// </summary>
    private sealed class CallObserver(CseCmdlet cmdlet) : ICallObserver
    {
        private const int ProgressId = 1_701_000;

        private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

        private readonly TimeProvider _time = ModuleClock.Current;
        private RetryWait? _wait;
        private long _since;
        private ITimer? _timer;
        private int _isPending;

        public long JobRequests { get; private set; }

        public void RequestEnded(RequestTrace trace) => cmdlet.Post(() =>
        {
            JobRequests += trace.PathAndQuery.Contains("/jobs", StringComparison.Ordinal) ? 1 : 0;
            cmdlet.WriteVerbose(trace.ToString());
        });

        public void Notice(string message) => cmdlet.Post(() => cmdlet.WriteVerbose(message));

        public void Warning(string message) => cmdlet.Post(() => cmdlet.WriteWarning(message));

        public void Waiting(RetryWait wait) => cmdlet.Post(() =>
        {
            cmdlet.WriteVerbose(wait.ToString());
            _wait = wait;
            _since = _time.GetTimestamp();
            _timer ??= _time.CreateTimer(_ => OnTick(), null, Tick, Tick);
            Show();
        });

        /// <summary>Takes the bar away: what was waited for has ended, well or not.</summary>
        public void HideWait()
        {
            if (_wait is null)
                return;

            _wait = null;
            _timer?.Dispose();
            _timer = null;
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Waiting for the server", "-") { RecordType = ProgressRecordType.Completed });
        }

        public void StopTimer() => _timer?.Dispose();

        // While the pipeline is busy elsewhere, ticks must not heap up.
        private void OnTick()
        {
            if (Interlocked.Exchange(ref _isPending, 1) == 0)
            {
                cmdlet.Post(() =>
                {
                    Show();
                    Volatile.Write(ref _isPending, 0);
                });
            }
        }

        private void Show()
        {
            if (_wait is not { } wait)
                return;

            TimeSpan left = wait.Delay - _time.GetElapsedTime(_since);
            RetryWait rest = wait with { Delay = left > TimeSpan.Zero ? left : TimeSpan.Zero };
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Waiting for the server", rest.ToString())
            {
                SecondsRemaining = (int)Math.Ceiling(rest.Delay.TotalSeconds),
            });
        }
    }
}
