// Compiled by Start-ScriptedServer (TestTools.psm1) when a test first asks for it.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CseJobs.PesterTools
{
    /// <summary>
    /// A server on 127.0.0.1 that misbehaves as told: by its mode, or by a first path segment that is the name of another mode
    /// (http://127.0.0.1:port/cut/v2/…). Keeps what it received as text. It answers each connection once.
    /// </summary>
    public sealed class ScriptedServer : IDisposable
    {
        /// <summary>Modes that answer: {0} is the request as received, escaped for where it stands.</summary>
        private static readonly Dictionary<string, (string Status, string Type, string Body, Func<string, string> Escape)> Answers = new(StringComparer.Ordinal)
        {
            ["echo"] = ("401 Unauthorized", "application/json", "{\"error_msg\":\"{0}\",\"error_code\":\"APIGW.0301\"}", Json),
            ["echo-iam"] = ("401 Unauthorized", "application/json", "{\"error\":{\"code\":401,\"message\":\"{0}\",\"title\":\"Unauthorized\"}}", Json),
            ["echo-url"] = ("400 Bad Request", "application/json", "{\"error_msg\":\"{0}\"}", Uri.EscapeDataString),
            ["echo-html"] = ("502 Bad Gateway", "text/html", "<html><body><h1>502</h1><pre>{0}</pre></body></html>", WebUtility.HtmlEncode),
            ["echo-text"] = ("200 OK", "text/plain", "{0}", text => text),
            ["denied"] = ("403 Forbidden", "application/json", "{\"error_msg\":\"not allowed\",\"error_code\":\"APIGW.0302\"}", Json),
            ["throttled"] = ("429 Too Many Requests", "application/json", "{\"error_msg\":\"slower\",\"error_code\":\"APIGW.0308\"}", Json),
            ["error"] = ("500 Internal Server Error", "application/json", "{\"error_msg\":\"broken\",\"error_code\":\"X.0500\"}", Json),
            ["json"] = ("200 OK", "application/json", "{\"total\":1,\"data\":[{\"id\":", Json),
            ["half-keys"] = ("200 OK", "application/json", "{\"credential\":{\"access\":\"HSTSIM0123456789ABCDEF\",\"secret\":\"SKSIM0123456789abcdef0123456789abcdef012\",\"securitytoken\":\"ggpSIM0123456789\"", Json),
            ["created"] = ("201 Created", "application/json", "{\"token\":{}}", Json),
        };

        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new CancellationTokenSource();
        private readonly ConcurrentQueue<string> _received = new ConcurrentQueue<string>();
        private readonly string _mode;
        private readonly string _target;
        private int _connections;

        public ScriptedServer(string mode, string target)
        {
            _mode = mode;
            _target = target;
            _listener.Start();
            Address = "http://" + _listener.LocalEndpoint;
            _ = AcceptAsync();
        }

        /// <summary>http://127.0.0.1:port, without a slash at the end.</summary>
        public string Address { get; }

        /// <summary>How many connections were made, whether or not anything was sent.</summary>
        public int Connections => Volatile.Read(ref _connections);

        /// <summary>The requests as they arrived, headers and body.</summary>
        public string[] Received => _received.ToArray();

        /// <summary>Is set once a request has arrived whole.</summary>
        public ManualResetEventSlim Arrived { get; } = new ManualResetEventSlim();

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Stop();
        }

        private static string Json(string text) => JsonEncodedText.Encode(text).ToString();

        private async Task AcceptAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                TcpClient client;
                try
                {
                    client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                }
                catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
                {
                    return;
                }

                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    NetworkStream stream = client.GetStream();
                    string request = await ReadAsync(stream).ConfigureAwait(false);
                    _received.Enqueue(request);
                    Arrived.Set();
                    await AnswerAsync(stream, request).ConfigureAwait(false);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
                {
                    // The client gave up.
                }
            }
        }

        /// <summary>A TLS greeting is told by its first byte and read no further.</summary>
        private async Task<string> ReadAsync(NetworkStream stream)
        {
            var bytes = new List<byte>();
            var buffer = new byte[16 * 1024];
            while (true)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(), _stop.Token).ConfigureAwait(false);
                bytes.AddRange(buffer.Take(read));
                if (bytes.Count > 0 && bytes[0] == 0x16)
                {
                    return "TLS";
                }

                string text = Encoding.UTF8.GetString(bytes.ToArray());
                int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (read == 0 || (head >= 0 && bytes.Count >= Encoding.UTF8.GetByteCount(text.AsSpan(0, head)) + 4 + BodyLength(text.Substring(0, head))))
                {
                    return text;
                }
            }
        }

        private static int BodyLength(string head) => head.Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.Substring(15)))
            .FirstOrDefault();

        private async Task AnswerAsync(NetworkStream stream, string request)
        {
            string target = request.Split(' ').ElementAtOrDefault(1) ?? "";
            string first = target.Split('/', '?').ElementAtOrDefault(1) ?? "";
            string mode = Answers.ContainsKey(first) || first is "cut" or "half" or "stall" or "echo-id" or "echo-part" || first.StartsWith("redirect", StringComparison.Ordinal) ? first : _mode;
            switch (mode)
            {
                case "cut":
                    return;
                case "stall":
                    await Task.Delay(Timeout.Infinite, _stop.Token).ConfigureAwait(false);
                    return;
                case "half":
                    await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"total\":").ConfigureAwait(false);
                    return;
                case string redirect when redirect.StartsWith("redirect", StringComparison.Ordinal):
                    // redirect is 307, redirect301 and so on another status.
                    string number = redirect.Length > 8 ? redirect.Substring(8) : "307";
                    await WriteAsync(stream, Head(number + " Elsewhere", "text/html", 0, $"Location: {_target}{target}\r\n")).ConfigureAwait(false);
                    return;
                case "echo-id":
                    // The gateway's own id of the request, made of what was sent; and its code and details as well.
                    string line = Secrets(request);
                    await WriteAsync(stream, "500 Internal Server Error", "application/json", $"{{\"error_code\":\"{line}\",\"error_msg\":\"broken\",\"detail\":\"{line}\",\"request_id\":\"{line}\"}}", $"X-Request-Id: {line}\r\n").ConfigureAwait(false);
                    return;
                case "echo-part":
                    // As servers quote: only the beginning.
                    string part = string.Join(", ", Secrets(request).Split(' ').Where(word => word.Length > 0).Select(word => word.Substring(0, word.Length * 2 / 3)));
                    await WriteAsync(stream, "401 Unauthorized", "application/json", $"{{\"error_msg\":\"decrypt token fail: {Json(part)}...\",\"error_code\":\"APIGW.0301\"}}", "").ConfigureAwait(false);
                    return;
                case "proxy":
                case "proxy-echo":
                case "proxy-refuses":
                    await ProxyAsync(stream, request, mode).ConfigureAwait(false);
                    return;
                default:
                    (string status, string type, string body, Func<string, string> escape) = Answers[mode];
                    await WriteAsync(stream, status, type, body.Replace("{0}", escape(Repeat(request))), "").ConfigureAwait(false);
                    return;
            }
        }

        /// <summary>Secrets and body first: who prints a message cuts it.</summary>
        private static string Repeat(string request) =>
            Secrets(request) + " " + request.Substring(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4) + " " + request;

        /// <summary>The values of the headers that hold secrets.</summary>
        private static string Secrets(string request) => string.Join(" ", request.Split("\r\n\r\n")[0].Split("\r\n")
            .Where(line => line.StartsWith("X-Auth-Token:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("X-Security-Token:", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("X-Metadata-Token:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Substring(line.IndexOf(':') + 1).Trim()));

        /// <summary>Wants a name and password; then passes on plain http, or answers with an error page that repeats the request.</summary>
        private async Task ProxyAsync(NetworkStream client, string request, string mode)
        {
            if (mode == "proxy-refuses" || request.IndexOf("\r\nProxy-Authorization: Basic ", StringComparison.OrdinalIgnoreCase) < 0)
            {
                await WriteAsync(client, "407 Proxy Authentication Required", "text/html", WebUtility.HtmlEncode(Repeat(request)), "Proxy-Authenticate: Basic realm=\"proxy\"\r\n").ConfigureAwait(false);
                return;
            }

            if (mode == "proxy-echo")
            {
                await WriteAsync(client, "502 Bad Gateway", "text/html", "<html><body>" + WebUtility.HtmlEncode(Repeat(request)) + "</body></html>", "").ConfigureAwait(false);
                return;
            }

            var uri = new Uri(request.Split(' ')[1]);
            int split = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            IEnumerable<string> lines = request.Substring(0, split).Split("\r\n").Skip(1)
                .Where(line => !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase));
            string head = $"{request.Split(' ')[0]} {uri.PathAndQuery} HTTP/1.1\r\n{string.Join("\r\n", lines)}\r\nConnection: close\r\n\r\n";
            using var server = new TcpClient();
            await server.ConnectAsync(uri.Host, uri.Port, _stop.Token).ConfigureAwait(false);
            NetworkStream stream = server.GetStream();
            await WriteAsync(stream, head + request.Substring(split + 4)).ConfigureAwait(false);
            await stream.CopyToAsync(client, _stop.Token).ConfigureAwait(false);
        }

        private static string Head(string status, string type, int length, string more) =>
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n";

        private Task WriteAsync(NetworkStream stream, string status, string type, string body, string more) =>
            WriteAsync(stream, Head(status, type, Encoding.UTF8.GetByteCount(body), more) + body);

        private async Task WriteAsync(NetworkStream stream, string text) =>
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text).AsMemory(), _stop.Token).ConfigureAwait(false);
    }
}
