namespace CseJobs.Simulator;

/// <summary>Whether a simulator listens with TLS, and what is wrong with its certificate.</summary>
public enum TlsMode
{
    /// <summary>Plain HTTP.</summary>
    None,

    /// <summary>A self-signed certificate for localhost, otherwise in order.</summary>
    Untrusted,

    /// <summary>A self-signed certificate for localhost that ended a year ago.</summary>
    Expired,

    /// <summary>A self-signed certificate that is valid, but for other.example.</summary>
    WrongHost,
}
