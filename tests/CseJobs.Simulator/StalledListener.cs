using System.Net;
using System.Net.Sockets;

namespace CseJobs.Simulator;

/// <summary>
/// A TCP port on 127.0.0.1 that never answers. Tells whether those who connected have gone away, so that a test sees what a
/// client leaves behind.
/// </summary>
public sealed class StalledListener : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;
    private readonly StalledListenerMode _mode;
    private readonly Task _accepting;
    private TaskCompletionSource _allClosed = NewSignal();
    private int _connections;
    private int _open;

    private StalledListener(StalledListenerMode mode, int port)
    {
        _mode = mode;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        BaseAddress = new Uri($"http://127.0.0.1:{Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    /// <summary>The address for HTTP; for a TLS handshake that stalls, use https with the same <see cref="Port"/>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>How many connections have been accepted since the start.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
            {
                return _connections;
            }
        }
    }

    /// <summary>How many of them are open now.</summary>
    public int OpenConnections
    {
        get
        {
            lock (_gate)
            {
                return _open;
            }
        }
    }

    /// <summary>
    /// Ends when there has been a connection and none is open any more. A task that has ended stays so; ask again after
    /// another connection.
    /// </summary>
    public Task WhenAllClosed
    {
        get
        {
            lock (_gate)
            {
                return _allClosed.Task;
            }
        }
    }

    /// <summary>Starts a listener.</summary>
    /// <param name="mode">What it does with those who connect.</param>
    /// <param name="port">The port; 0 takes any free one.</param>
    /// <returns>The listener. Dispose it to stop it and to close what is open.</returns>
    public static StalledListener Start(StalledListenerMode mode = StalledListenerMode.AcceptsOnly, int port = 0) => new(mode, port);

    /// <summary>Stops listening and closes every connection.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = HoldAsync(await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (SocketException)
            {
                // Whoever it was has gone again before it was accepted.
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private async Task HoldAsync(Socket socket)
    {
        Enter();
        try
        {
            var buffer = new byte[4096];
            while (_mode == StalledListenerMode.AcceptsOnly
                && await socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException)
        {
        }
        finally
        {
            socket.Dispose();
            Leave();
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            _connections++;
            if (_open++ == 0 && _allClosed.Task.IsCompleted)
            {
                _allClosed = NewSignal();
            }
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_open == 0)
            {
                _allClosed.TrySetResult();
            }
        }
    }
}
