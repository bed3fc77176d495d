using System.Net;

namespace CseJobs.Client;

/// <summary>How requests are sent, whatever they ask for.</summary>
public record CseTransportOptions
{
    // Timers take no more; who waits longer has other means.
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(24);

    // A body is read into one array.
    private const long MaxResponseLimit = 0x7FFF_0000;

    /// <summary>Time that one request may take, body included, 24 days at most; 100 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Time that one call may take with all its tries and waits, 24 days at most; 5 minutes by default. Signing in again on its way has as much for itself.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a read that failed for a passing reason is tried again; 4 times by default.</summary>
    public int MaximumRetryCount { get; init; } = 4;

    /// <summary>Allows sending credentials over plain http to a host that is not this machine.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>Accepts any server certificate. For test systems only.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Proxy to use; null takes the system's settings.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Credential for <see cref="Proxy"/>.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Largest body that is read from the server, in bytes, a little under 2 GiB at most; 128 MiB by default.</summary>
    public long MaxResponseBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>The clock that pauses, retries and the expiry of credentials go by; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Goes straight to the host whatever the system says: link-local addresses lie behind no proxy.</summary>
    internal bool BypassProxy { get; init; }

    /// <summary>Time to reach a host: one that drops packets or is silent must not be waited for as long as an answer may take.</summary>
    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Numbers from 0 to 1 for the jitter of waits.</summary>
    internal Func<double> NextRandom { get; init; } = Random.Shared.NextDouble;

    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what can be.</exception>
    internal void Validate()
    {
        CheckTime(Timeout, nameof(Timeout));
        CheckTime(OperationTimeout, nameof(OperationTimeout));
        if (MaximumRetryCount < 0)
            throw new ArgumentException($"{nameof(MaximumRetryCount)} must be 0 or more.");

        if (MaxResponseBytes is < 1 or > MaxResponseLimit)
            throw new ArgumentException($"{nameof(MaxResponseBytes)} must be 1 to {MaxResponseLimit} bytes.");

        EndpointRules.CheckProxy(Proxy);
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time <= TimeSpan.Zero || time > MaxTimeout)
            throw new ArgumentException($"{name} must be more than zero and at most {MaxTimeout.Days} days.");
    }
}
