using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation.Runspaces;
using CseJobs.Client.Http;

namespace CseJobs.Commands;

/// <summary>
/// Base of all cmdlets: one cancellation for all background work, and one way to wait for it. Only the pipeline thread may
/// write, so background work queues its output, and <see cref="Await{T}"/> writes it.
/// </summary>
public abstract class CseCmdlet : PSCmdlet, IDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "Background work may use the token after the cmdlet was disposed; the source is cancelled instead.")]
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly AutoResetEvent _messageArrived = new(false);
    private CallObserver? _observer;

    private protected CseCmdlet()
    {
    }

    /// <summary>Writes requests and waits to the verbose and progress streams.</summary>
    private protected ICallObserver Observer => _observer ??= new CallObserver(this, Post);

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
    /// <param name="message">The action, <c>() => WriteVerbose("…")</c> for example.</param>
    private protected void Post(Action message)
    {
        _messages.Enqueue(message);
        _messageArrived.Set();
    }

    /// <summary>Runs the queued actions of background work.</summary>
    private protected void Flush()
    {
        while (_messages.TryDequeue(out Action? message))
            message();
    }

    /// <summary>Waits on the pipeline thread for background work, and runs its queued actions meanwhile.</summary>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <param name="task">The work; it must end when <see cref="StopToken"/> is cancelled.</param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped. Cmdlets must not catch it: Select-Object -First relies on it.</exception>
    private protected T Await<T>(Task<T> task)
    {
        if (!task.IsCompleted)
        {
            // The wait handle of each task would be another kernel object, released only by the finalizer.
            _ = task.ContinueWith(
                (_, arrived) => ((AutoResetEvent)arrived!).Set(), _messageArrived, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        while (!task.IsCompleted)
        {
            _messageArrived.WaitOne();
            Flush();
        }

        Flush();
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

    /// <summary>Writes a failed call as a non-terminating error: the cmdlet continues with its other input.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="target">The id that the call was for.</param>
    private protected void WriteError(CseApiException error, object? target) => WriteError(ErrorRecords.From(error, target));

    /// <summary>Writes an invalid value as a non-terminating error: the cmdlet continues with its other input.</summary>
    /// <param name="error">What is wrong with the value, and what to do.</param>
    /// <param name="target">The value.</param>
    private protected void WriteError(ArgumentException error, object? target) => WriteError(ErrorRecords.InvalidArgument(error, target));
}
