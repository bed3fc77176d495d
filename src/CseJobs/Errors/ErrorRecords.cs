using System;
using System.Globalization;
using System.Management.Automation;
using CseJobs.Client;

namespace CseJobs.Errors;

/// <summary>Turns failures into error records: a stable id, a category, the id concerned as target, and what to do about it.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(CseApiException error, object? target) => Make(error, error.Reason.ToString(), Category(error.Reason), target, Advice(error.Reason));

    /// <summary>A listing failed: after some jobs had been emitted the message says how many.</summary>
    public static ErrorRecord Interrupted(CseApiException error, string engine, long delivered)
    {
        ErrorRecord record = From(error, engine);
        if (delivered > 0)
        {
            record.ErrorDetails = new ErrorDetails(string.Format(
                CultureInfo.CurrentCulture, "The listing of engine '{0}' stopped after {1:N0} jobs. {2}", engine, delivered, error.Message))
            {
                RecommendedAction = Advice(error.Reason),
            };
        }

        return record;
    }

    public static ErrorRecord InvalidArgument(ArgumentException error, object? target) =>
        Make(error, nameof(CseErrorReason.InvalidArgument), ErrorCategory.InvalidArgument, target, "Correct the value and call again; nothing was sent.");

    public static ErrorRecord NotConnected() => Make(
        new InvalidOperationException("There is no session. Run Connect-Cse first, or pass one with -Session."),
        "NotConnected",
        ErrorCategory.ConnectionError,
        null,
        "Run Connect-Cse, for example: Connect-Cse -Region cn-north-4 -ProjectId <id> -Token <token>");

    public static ErrorRecord SessionClosed(CseSession session) => Make(
        new ObjectDisposedException(null, $"The session '{session.Name}' was closed by Disconnect-Cse."),
        "SessionClosed",
        ErrorCategory.ConnectionError,
        session,
        "Make a new session with Connect-Cse.");

    public static ErrorRecord SessionNotFound(string name) => Make(
        new ItemNotFoundException($"There is no session named '{name}'."),
        "SessionNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        "Get-CseSession lists the sessions there are.");

    public static ErrorRecord EngineIdMissing() => Make(
        new ArgumentException("No engine is named, and the session has no engine of its own."),
        "EngineIdMissing",
        ErrorCategory.InvalidArgument,
        null,
        "Pass -EngineId, pipe engine ids in, or give the session one: Connect-Cse … -EngineId <id>");

    private static ErrorRecord Make(Exception error, string id, ErrorCategory category, object? target, string advice) =>
        new(error, id, category, target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice },
        };

    private static ErrorCategory Category(CseErrorReason reason) => reason switch
    {
        CseErrorReason.AuthenticationFailed => ErrorCategory.AuthenticationError,
        CseErrorReason.PermissionDenied => ErrorCategory.PermissionDenied,
        CseErrorReason.EngineNotFound or CseErrorReason.JobNotFound or CseErrorReason.ApiNotFound => ErrorCategory.ObjectNotFound,
        CseErrorReason.InvalidArgument or CseErrorReason.RequestRejected => ErrorCategory.InvalidArgument,
        CseErrorReason.RedirectRefused => ErrorCategory.SecurityError,
        CseErrorReason.Throttled => ErrorCategory.LimitsExceeded,
        CseErrorReason.ServerError => ErrorCategory.ResourceUnavailable,
        CseErrorReason.ConnectionFailed => ErrorCategory.ConnectionError,
        CseErrorReason.TimeoutReached => ErrorCategory.OperationTimeout,
        CseErrorReason.MalformedResponse => ErrorCategory.InvalidData,
        CseErrorReason.SessionClosed => ErrorCategory.ConnectionError,
        _ => ErrorCategory.NotSpecified,
    };

    private static string Advice(CseErrorReason reason) => reason switch
    {
        CseErrorReason.AuthenticationFailed => "Get a new token for this project and region, then run Connect-Cse again. Tokens live 24 hours and hold for one region.",
        CseErrorReason.PermissionDenied => "Ask for the permission cse:engine:get in this project, or check project id and region.",
        CseErrorReason.EngineNotFound => "Check the engine id, the project and the region. An engine of another enterprise project needs Connect-Cse -EnterpriseProjectId.",
        CseErrorReason.JobNotFound => "List the engine's jobs with Get-CseEngineJob and take an Id from there.",
        CseErrorReason.ApiNotFound => "Check -Region or -Endpoint: the address must be that of the CSE service, https://cse.<region>.myhuaweicloud.com.",
        CseErrorReason.InvalidArgument or CseErrorReason.RequestRejected => "Check the values that were sent; -Verbose shows the request.",
        CseErrorReason.RedirectRefused => "Pass the address it redirects to as -Endpoint if you trust it.",
        CseErrorReason.Throttled => "Wait a minute, then call again with fewer calls at once.",
        CseErrorReason.ServerError => "Call again later. If it lasts, give the request id to Huawei Cloud support.",
        CseErrorReason.ConnectionFailed => "Check the network, the proxy (-Proxy) and the address of the endpoint.",
        CseErrorReason.TimeoutReached => "Call again later, or allow more time with Connect-Cse -TimeoutSec.",
        CseErrorReason.MalformedResponse => "Check that the endpoint is the CSE API and that no proxy answers in its place; -Verbose shows the request.",
        CseErrorReason.SessionClosed => "Make a new session with Connect-Cse.",
        _ => "Call again with -Verbose and report what it shows.",
    };
}
