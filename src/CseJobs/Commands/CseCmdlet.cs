using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CseJobs.Client;
using CseJobs.Client.Http;
using CseJobs.Errors;
using CseJobs.Language;
using CseJobs.Sessions;

namespace CseJobs.Commands;

/// <summary>
/// Base of all cmdlets: one cancellation for everything that runs in the background, and one way to wait for it. Only the
/// pipeline's thread may write; background work leaves its messages in a queue that is emptied while the thread waits.
/// </summary>
public abstract class CseCmdlet : PSCmdlet, IDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "Background work may still look at the token when the cmdlet is gone; it is cancelled instead.")]
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly AutoResetEvent _messageArrived = new(false);
    private CallObserver? _observer;

    private protected CseCmdlet()
    {
    }

    /// <summary>Shows requests and waits in the verbose and progress streams.</summary>
    private protected ICallObserver Observer => _observer ??= new CallObserver(this, Post);

    /// <summary>Cancelled on Ctrl+C, when the pipeline stops, and when the cmdlet is disposed.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Cancels what runs in the background. After <c>Select-Object -First</c> this is the only call the engine makes.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Cancels what runs in the background.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
        }
    }

    /// <summary>Runs an action on the pipeline's thread as soon as that waits. For background work: it must not write itself.</summary>
    /// <param name="message">What to do, <c>() => WriteVerbose("…")</c> for example.</param>
    private protected void Post(Action message)
    {
        _messages.Enqueue(message);
        _messageArrived.Set();
    }

    /// <summary>Runs the actions that background work has left.</summary>
    private protected void Flush()
    {
        while (_messages.TryDequeue(out Action? message))
        {
            message();
        }
    }

    /// <summary>Waits on the pipeline's thread, passing on messages meanwhile.</summary>
    /// <typeparam name="T">What the work brings.</typeparam>
    /// <param name="task">The work; it must end when <see cref="StopToken"/> is cancelled.</param>
    /// <returns>What the work brought.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped. Never caught here: Select-Object -First relies on it.</exception>
    private protected T Await<T>(Task<T> task)
    {
        if (!task.IsCompleted)
        {
            // Not the task's own handle: each would be a kernel object more, left to the finalizer.
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

    /// <summary>The open sessions of a name, or of names that fit a pattern; reports that there is none of the name.</summary>
    private protected IReadOnlyList<CseSession> FindSessions(string name)
    {
        var pattern = new NamePattern(name);
        CseSession[] found = SessionStore.List(Runspace.DefaultRunspace).Where(session => pattern.Matches(session.Name)).ToArray();
        if (pattern.IsMissing)
        {
            WriteError(ErrorRecords.SessionNotFound(name));
        }

        return found;
    }

    /// <summary>Reports a failed call; the cmdlet goes on with its other input.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="target">The id concerned.</param>
    private protected void WriteError(CseApiException error, object? target) => WriteError(ErrorRecords.From(error, target));

    /// <summary>Reports a value that cannot be right; the cmdlet goes on with its other input.</summary>
    /// <param name="error">Says what is wrong with the value and what to do.</param>
    /// <param name="target">The value.</param>
    private protected void WriteError(ArgumentException error, object? target) => WriteError(ErrorRecords.InvalidArgument(error, target));
}
