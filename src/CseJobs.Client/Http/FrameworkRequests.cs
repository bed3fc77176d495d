using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Threading;

namespace CseJobs.Client.Http;

/// <summary>Makes the requests of one session on .NET Framework, where much of what a session chooses belongs to a host.</summary>
internal sealed class FrameworkRequests : IDisposable
{
    // .NET Framework 4.7 has this member of the enum, netstandard2.0 does not.
    private const SecurityProtocolType SystemDefault = 0;

    private readonly int _maxConnections;
    private readonly TimeSpan _connectionLifetime;
    private readonly RemoteCertificateValidationCallback? _certificateCheck;
    private readonly IWebProxy? _proxy;

    // Another session must not be lent a connection that was made without a look at the certificate.
    private readonly string _group = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<ServicePoint, bool> _hosts = new();

    public FrameworkRequests(CseTransportOptions options, int maxConnections, TimeSpan connectionLifetime)
    {
        _maxConnections = maxConnections;
        _connectionLifetime = connectionLifetime;
        _certificateCheck = options.SkipCertificateCheck ? HttpTransport.AnyCertificate : null;
        _proxy = options.BypassProxy ? null : HttpTransport.ProxyOf(options) ?? WebRequest.DefaultWebProxy;
        AllowTls12();
    }

    public HttpWebRequest Create(HttpRequestMessage message)
    {
        var request = (HttpWebRequest)WebRequest.Create(message.RequestUri!);
        request.Method = message.Method.Method;
        request.ConnectionGroupName = _group;
        request.Proxy = _proxy;
        request.ServerCertificateValidationCallback = _certificateCheck;
        request.AllowAutoRedirect = false;
        request.Headers["Accept-Encoding"] = "gzip";

        // Kept by HttpExchange.
        request.Timeout = Timeout.Infinite;
        request.ReadWriteTimeout = Timeout.Infinite;
        foreach (KeyValuePair<string, IEnumerable<string>> header in message.Headers)
        {
            Set(request, header.Key, string.Join(",", header.Value));
        }

        request.ContentType = message.Content?.Headers.ContentType?.ToString();
        if (message.Method == HttpMethod.Post || message.Method == HttpMethod.Put)
        {
            request.ContentLength = 0;
        }

        Configure(request.ServicePoint);
        return request;
    }

    public void Dispose()
    {
        foreach (ServicePoint host in _hosts.Keys)
        {
            host.CloseConnectionGroup(_group);
        }
    }

    /// <summary>Windows PowerShell offers what was usual in 2012 unless the machine's settings say otherwise. Only adds to that.</summary>
    private static void AllowTls12()
    {
        if (ServicePointManager.SecurityProtocol != SystemDefault)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }
    }

    private static void Set(HttpWebRequest request, string name, string value)
    {
        // The one of our headers that this class wants to be told in its own way.
        if (name.Equals("Accept", StringComparison.OrdinalIgnoreCase))
        {
            request.Accept = value;
        }
        else
        {
            request.Headers[name] = value;
        }
    }

    private void Configure(ServicePoint host)
    {
        if (_hosts.TryAdd(host, true))
        {
            host.ConnectionLimit = Math.Max(host.ConnectionLimit, _maxConnections);
            host.ConnectionLeaseTimeout = (int)_connectionLifetime.TotalMilliseconds;
            host.Expect100Continue = false;
        }
    }
}
