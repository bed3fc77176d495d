using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CseJobs.Client.Tests;

/// <summary>A server below HTTP, a proxy for example: sends the same bytes to whoever has sent the head of a request.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly byte[] _answer;

    public RawServer(string answer)
        : this(Encoding.UTF8.GetBytes(answer))
    {
    }

    public RawServer(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Host and port.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>What came, each head as one text.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(TcpClient caller)
    {
        using (caller)
        {
            NetworkStream stream = caller.GetStream();
            var buffer = new byte[16 * 1024];
            int count = await stream.ReadAsync(buffer);
            _heads.Enqueue(Encoding.Latin1.GetString(buffer, 0, count));
            await stream.WriteAsync(_answer);
        }
    }
}
