namespace CseJobs;

/// <summary>What is to be done about a check, for callers that want to say it in their own words.</summary>
public enum CheckProblem
{
    /// <summary>The name of the host does not resolve: the region or endpoint is wrong, or names resolve by a proxy only.</summary>
    HostUnknown,
    /// <summary>Nothing answers at the host: it is not the API's, or something on the way lets nothing pass.</summary>
    HostUnreachable,
    /// <summary>The proxy does not answer: its address is wrong.</summary>
    ProxyUnreachable,
    /// <summary>The proxy does not let the request pass: it wants a user name and password, or does not allow the host.</summary>
    ProxyRefuses,
    /// <summary>TLS did not come about, for no reason of the certificate.</summary>
    TlsFailed,
    /// <summary>Who signed the certificate is not trusted here; often something on the way that opens TLS.</summary>
    CertificateUntrusted,
    /// <summary>The certificate has ended or not begun, by the clock of this machine.</summary>
    CertificateExpired,
    /// <summary>The certificate is of another host.</summary>
    CertificateOfOtherHost,
    /// <summary>The certificate ends within a month.</summary>
    CertificateEndsSoon,
    /// <summary>Any certificate is taken (<see cref="Client.CseTransportOptions.SkipCertificateCheck"/>).</summary>
    CertificateUnchecked,
    /// <summary>Requests leave this machine unencrypted.</summary>
    NotEncrypted,
    /// <summary>The clock of this machine is wrong.</summary>
    ClockWrong,
    /// <summary>The server does not accept the credentials.</summary>
    CredentialsRefused,
    /// <summary>The credentials are not for this project.</summary>
    ProjectRefused,
    /// <summary>The permission to list engines is missing.</summary>
    ListPermissionMissing,
    /// <summary>The permission to read engines and their jobs is missing.</summary>
    ReadPermissionMissing,
    /// <summary>There is no engine.</summary>
    NoEngine,
    /// <summary>There is no such engine, or there are several of that name.</summary>
    EngineUnknown,
    /// <summary>The server sends what this version does not know.</summary>
    UnknownFields,
    /// <summary>A call failed for a reason of its own: <see cref="SessionCheck.Reason"/>.</summary>
    CallFailed,
}
