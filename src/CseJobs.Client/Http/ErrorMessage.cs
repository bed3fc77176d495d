namespace CseJobs.Client.Http;

/// <summary>Says in one sentence what failed, then what the server said.</summary>
internal static class ErrorMessage
{
    public static string Compose(
        CseErrorReason reason, ApiCall call, CseClientOptions options, HttpAnswer answer, ErrorBody error, string? advice)
    {
        string what = reason switch
        {
            CseErrorReason.EngineNotFound when call.EngineId is null => $"No engine was found in project {options.ProjectId}, {EnterpriseProject(options)}.",
            CseErrorReason.EngineNotFound => $"Engine '{Shown(call)}' was not found in project {options.ProjectId}, {EnterpriseProject(options)}.",
            CseErrorReason.JobNotFound => $"Engine '{Shown(call)}' has no job {call.JobId}.",
            CseErrorReason.AuthenticationFailed => "The server did not accept the credentials.",
            // The engine by name: of many that are asked, one may be out of bounds.
            CseErrorReason.PermissionDenied when call.EngineId is not null => $"The credentials are valid, but do not allow this for engine '{Shown(call)}'.",
            CseErrorReason.PermissionDenied => "The credentials are valid, but do not allow this.",
            CseErrorReason.ApiNotFound => $"{options.Endpoint.Host} does not offer the engine-job API.",
            CseErrorReason.Throttled => "The server refuses for now: too many requests.",
            CseErrorReason.ServerError => "The server failed.",
            CseErrorReason.TimeoutReached => "The server gave up waiting.",
            CseErrorReason.RedirectRefused => $"The server redirects to {Target(answer.Location)}, which is not followed: the credentials would leave with it.",
            CseErrorReason.InvalidArgument => "The server did not accept a value.",
            CseErrorReason.MalformedResponse => "The server answered without what was asked for.",
            _ => "The server refused the request.",
        };
        return WithServerWords(advice is null ? what : $"{what} {advice}", answer.Status, error.Code, error.Message);
    }

    /// <summary>Adds the server's message, status and code to a sentence.</summary>
    public static string WithServerWords(string what, int status, string? code, string? serverMessage)
    {
        string said = string.IsNullOrEmpty(serverMessage) ? string.Empty : $" It said: {serverMessage!.TrimEnd('.')}.";
        string codes = code is null || code == status.ToString(System.Globalization.CultureInfo.InvariantCulture) ? $"HTTP {status}" : $"HTTP {status}, {code}";
        return $"{what}{said} ({codes})";
    }

    private static string Shown(ApiCall call) => Text.SafeText.CleanLine(call.EngineId ?? string.Empty);

    private static string EnterpriseProject(CseClientOptions options) =>
        options.EnterpriseProjectId is null ? "enterprise project 0 (the default)" : $"enterprise project {options.EnterpriseProjectId}";

    // Host only: a redirect's query may repeat what was sent.
    private static string Target(Uri? location) =>
        location is { IsAbsoluteUri: true } ? location.Host : "another path";
}
