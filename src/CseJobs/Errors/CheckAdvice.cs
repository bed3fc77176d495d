namespace CseJobs.Errors;

/// <summary>What to do about a check of a session, with the parameters to use: the client, which knows no cmdlet, says only what is wrong.</summary>
internal static class CheckAdvice
{
    public static SessionCheck AddTo(SessionCheck check) => check.Problem is { } problem ? check with { Advice = For(problem, check.Reason) } : check;

    private static string For(CheckProblem problem, CseErrorReason? reason) => problem switch
    {
        CheckProblem.HostUnknown => "Check -Region or -Endpoint of Connect-Cse. If names of the internet do not resolve in this network, it has a proxy: pass -Proxy.",
        CheckProblem.HostUnreachable => "Check -Endpoint and its port, and whether a firewall is in between. If this network has a proxy, pass -Proxy.",
        CheckProblem.ProxyUnreachable => "Check the proxy: -Proxy of Connect-Cse, or the variables https_proxy and no_proxy where it was left out.",
        CheckProblem.ProxyRefuses => "Pass -ProxyCredential if the proxy wants a user name and password, else let whoever runs it allow this host.",
        CheckProblem.TlsFailed => "Something answers there, but does not speak TLS: check -Endpoint and its port, and whether this network has a proxy (-Proxy).",
        CheckProblem.CertificateUntrusted => "If something in this network opens TLS, let this machine trust its root certificate; else check -Endpoint. -SkipCertificateCheck is for test systems only.",
        CheckProblem.CertificateExpired => "If the clock of this machine is right, the server needs a new certificate. -SkipCertificateCheck is for test systems only.",
        CheckProblem.CertificateOfOtherHost => "Name the host in -Endpoint as its certificate does, and check that no proxy or DNS entry leads elsewhere.",
        CheckProblem.CertificateEndsSoon => "Let whoever runs the server renew it in time.",
        CheckProblem.CertificateUnchecked => "Anybody on the way can read along: connect without -SkipCertificateCheck.",
        CheckProblem.NotEncrypted => "Use an https address: -AllowUnencryptedAuthentication is for test systems only.",
        CheckProblem.ClockWrong => "Set the clock of this machine by a time server (w32tm /resync, timedatectl set-ntp true).",
        CheckProblem.CredentialsRefused => "Sign in again with Connect-Cse. A token holds for 24 hours, one project and one region; a signature needs the right secret key.",
        CheckProblem.ProjectRefused => "Check -ProjectId and -Region: each project belongs to one region, and a token to one project.",
        CheckProblem.ListPermissionMissing => "Ask for the permission cse:engine:list in this project, or name an engine by its id: Test-CseSession -EngineId <id>",
        CheckProblem.ReadPermissionMissing => "Ask for the permission cse:engine:get in this project.",
        CheckProblem.NoEngine => "Check -Region and -ProjectId. Engines of another enterprise project need Connect-Cse -EnterpriseProjectId.",
        CheckProblem.EngineUnknown => "Get-CseEngine lists the engines there are. One of another enterprise project needs Connect-Cse -EnterpriseProjectId.",
        CheckProblem.UnknownFields => "Nothing is lost: unknown fields are in AdditionalProperties. Report this, so that a later version knows them.",
        _ => ErrorCatalogue.For(reason ?? CseErrorReason.UnexpectedError).Action,
    };
}
