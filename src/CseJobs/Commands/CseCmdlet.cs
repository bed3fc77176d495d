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

    private protected CseCmdlet() => Observer = new CallObserver(this);

    /// <summary>Writes requests and waits to the verbose and progress streams.</summary>
    private protected ICallObserver Observer { get; }

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
            _stop.Cancel();
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

        while (_messages.TryTake(out Action? message))
            message();

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
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

    /// <summary>Ends the cmdlet because of parameters that cannot be combined.</summary>
    private protected void Refuse(string message, object? target = null) =>
        ThrowTerminatingError(ErrorRecords.InvalidArgument(new ArgumentException(message), target));

    /// <summary>
    /// Writes a verbose line for each request and each wait before a retry, and shows a progress bar during the wait: a throttled
    /// script must not look as if it hung.
    /// </summary>
    private sealed class CallObserver(CseCmdlet cmdlet) : ICallObserver
    {
        private const int ProgressId = 1_701_000;

        private bool _isShown;

        public void RequestEnded(RequestTrace trace) => cmdlet.Post(() =>
        {
            cmdlet.WriteVerbose(trace.ToString());
            if (_isShown)
                cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Waiting", "-") { RecordType = ProgressRecordType.Completed });

            _isShown = false;
        });

        public void Warning(string message) => cmdlet.Post(() => cmdlet.WriteWarning(message));

        public void Waiting(RetryWait wait) => cmdlet.Post(() =>
        {
            _isShown = true;
            cmdlet.WriteVerbose(wait.ToString());
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Waiting for the server", wait.ToString())
            {
                SecondsRemaining = (int)Math.Ceiling(wait.Delay.TotalSeconds),
            });
        });
    }
}
