namespace CseJobs.Simulator;

/// <summary>What a <see cref="StalledListener"/> does with those who connect.</summary>
public enum StalledListenerMode
{
    /// <summary>Accepts, reads and never answers: a TLS handshake stalls, and an HTTP client waits for headers.</summary>
    AcceptsOnly,

    /// <summary>Accepts and closes at once, without reading.</summary>
    RefusesAfterAccept,
}
