namespace CseJobs.Client.Http;

/// <summary>
/// Decides why a call failed. The error code goes before the HTTP status: an engine that does not exist is reported as 400
/// or as 401, and the latter is no matter of authentication.
/// </summary>
internal static class ErrorClassifier
{
    public static CseErrorReason Classify(int status, string? code) =>
        ByServiceCode(code) ?? ByGatewayCode(code) ?? ByStatus(status);

    /// <summary>Whether a fresh token would help: 401 with 0307, "the token must be updated". Nothing else is worth a sign-in.</summary>
    public static bool SaysCredentialIsOld(int status, string? code) => status == 401 && GatewayNumber(code) == "0307";

    /// <summary>Whether the same request may be answered a moment later.</summary>
    public static bool IsTransient(int status, CseErrorReason reason) => reason switch
    {
        CseErrorReason.Throttled or CseErrorReason.MalformedResponse => true,
        CseErrorReason.ServerError or CseErrorReason.TimeoutReached => status is 408 or 500 or 502 or 503 or 504,
        _ => false,
    };

    private static CseErrorReason? ByServiceCode(string? code) => code?.ToUpperInvariant() switch
    {
        "SVCSTG.00501116" or "SVCSTG.00501125" or "SVCSTG.00401116" => CseErrorReason.EngineNotFound,
        "SVCSTG.00501153" => CseErrorReason.JobNotFound,
        "SVCSTG.00501152" => CseErrorReason.InvalidArgument,
        "SVCSTG.00300401" or "SVCSTG.00100401" => CseErrorReason.AuthenticationFailed,
        _ => null,
    };

    private static CseErrorReason? ByGatewayCode(string? code) => GatewayNumber(code) switch
    {
        "0101" => CseErrorReason.ApiNotFound,
        "0301" or "0303" or "0305" or "0307" => CseErrorReason.AuthenticationFailed,
        "0302" or "0304" or "0306" or "0310" or "0401" or "0402" or "0403" or "0404" or "0405" or "0802" => CseErrorReason.PermissionDenied,
        "0308" => CseErrorReason.Throttled,
        _ => null,
    };

    /// <summary>The prefix is APIG. or APIGW. by generation of the cloud; the number is what counts.</summary>
    private static string? GatewayNumber(string? code) =>
        code?.StartsWith("APIG", StringComparison.OrdinalIgnoreCase) == true ? code[(code.IndexOf('.') + 1)..] : null;

    private static CseErrorReason ByStatus(int status) => status switch
    {
        401 => CseErrorReason.AuthenticationFailed,
        403 => CseErrorReason.PermissionDenied,
        404 => CseErrorReason.ApiNotFound,
        407 => CseErrorReason.ConnectionFailed,
        408 => CseErrorReason.TimeoutReached,
        429 => CseErrorReason.Throttled,
        >= 300 and < 400 => CseErrorReason.RedirectRefused,
        200 or (>= 400 and < 500) => CseErrorReason.RequestRejected,
        >= 500 => CseErrorReason.ServerError,
        _ => CseErrorReason.MalformedResponse,
    };
}
