using System;
using System.Net;

namespace CseJobs.Client;

/// <summary>Where and how a <see cref="CseClient"/> sends.</summary>
public sealed class CseClientOptions
{
    /// <summary>Base address of the API, <c>https://cse.cn-north-4.myhuaweicloud.com</c> for example. A path is kept as a prefix.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Project id, 1 to 64 characters (API path parameter <c>project_id</c>).</summary>
    public required string ProjectId { get; init; }

    /// <summary>Enterprise project id (header <c>X-Enterprise-Project-ID</c>); null lets the server take its default, 0.</summary>
    public string? EnterpriseProjectId { get; init; }

    /// <summary>Time that one request may take, body included; 100 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Allows sending credentials over plain http to a host that is not this machine.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>Accepts any server certificate. For test systems only.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Proxy to use; null takes the system's settings.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Credential for <see cref="Proxy"/>.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Largest body that is read from the server, in bytes; 256 MiB by default.</summary>
    public long MaxResponseBytes { get; init; } = 256L * 1024 * 1024;
}
