namespace CseJobs.Client;

/// <summary>Why a call failed. The names are the module's ErrorIds: they are stable.</summary>
public enum CseErrorReason
{
    /// <summary>A failure that fits no other reason.</summary>
    UnexpectedError = 0,
    /// <summary>The server does not accept who is asking: the token is wrong or expired (401, APIGW.0301/0303/0305/0307).</summary>
    AuthenticationFailed,
    /// <summary>The server knows who is asking and refuses (403, APIGW.0302/0304/0306/0310/0401 to 0405/0802).</summary>
    PermissionDenied,
    /// <summary>No such engine in this project, region and enterprise project (SVCSTG.00501116, 00501125, 00401116; on 400 or 401).</summary>
    EngineNotFound,
    /// <summary>No such job of this engine (SVCSTG.00501153).</summary>
    JobNotFound,
    /// <summary>The host does not offer this API (404, APIGW.0101): wrong region or endpoint.</summary>
    ApiNotFound,
    /// <summary>The server refused a value (SVCSTG.00501152), or the caller passed one that cannot be right.</summary>
    InvalidArgument,
    /// <summary>The server refused the request (other 4xx).</summary>
    RequestRejected,
    /// <summary>The server answered with a redirect, which is never followed: the credentials would leave with it.</summary>
    RedirectRefused,
    /// <summary>Too many requests (429, APIGW.0308).</summary>
    Throttled,
    /// <summary>The server or the gateway failed (5xx).</summary>
    ServerError,
    /// <summary>No answer: the name did not resolve, nothing listens, TLS failed or the connection broke.</summary>
    ConnectionFailed,
    /// <summary>The server did not answer in time.</summary>
    TimeoutReached,
    /// <summary>The answer is not what the API documents.</summary>
    MalformedResponse,
    /// <summary>The session was closed before or while it was used.</summary>
    SessionClosed,
    /// <summary>IAM knows no project of that name, or several, or does not say which project a token holds for.</summary>
    ProjectNotFound,
}
