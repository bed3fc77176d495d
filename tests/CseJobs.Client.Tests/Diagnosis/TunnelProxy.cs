using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CseJobs.Client.Tests.Diagnosis;

/// <summary>A proxy that lets through whatever it is asked to connect to.</summary>
internal sealed class TunnelProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _tunnels;

    public TunnelProxy()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new("http://" + _listener.LocalEndpoint);

    /// <summary>How often it was asked.</summary>
    public int Tunnels => Volatile.Read(ref _tunnels);

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            NetworkStream stream = caller.GetStream();
            var buffer = new byte[4096];
            int count = await stream.ReadAsync(buffer);
            if (count == 0)
                return;

            Interlocked.Increment(ref _tunnels);
            string[] target = Encoding.ASCII.GetString(buffer, 0, count).Split(' ')[1].Split(':');
            using var server = new TcpClient();
            await server.ConnectAsync(target[0], int.Parse(target[1], null));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            await Task.WhenAny(stream.CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(stream));
        }
    }
}
