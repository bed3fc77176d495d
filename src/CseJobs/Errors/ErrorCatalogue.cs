namespace CseJobs.Errors;

/// <summary>All errors of the module. The ids never change; the list in about_CseJobs_Errors is made of this one.</summary>
internal static class ErrorCatalogue
{
    public static readonly ErrorEntry NotConnected = new(
        nameof(NotConnected), ErrorCategory.ConnectionError, "There is no session, or none is the default one: after Disconnect-Cse of the default none takes its place.",
        "Run Connect-Cse, for example: Connect-Cse -Region cn-north-4 -ProjectId <id> -Token <token>. Of open sessions Select-CseSession chooses one.");

    public static readonly ErrorEntry SessionNotFound = new(
        nameof(SessionNotFound), ErrorCategory.ObjectNotFound, "There is no session of that name.", "Get-CseSession lists the sessions there are.");

    public static readonly ErrorEntry EngineIdMissing = new(
        nameof(EngineIdMissing), ErrorCategory.InvalidArgument, "No engine is named, and the session has none of its own.",
        "Pass -EngineId, pipe engine ids in, or give the session one: Connect-Cse … -EngineId <id>");

    public static readonly ErrorEntry EngineAmbiguous = new(
        nameof(EngineAmbiguous), ErrorCategory.InvalidArgument, "A name or pattern names several engines where one has to be meant. Nothing was done.",
        "Pass the id of the one that is meant; the message has the ids.");

    public static readonly ErrorEntry ListingInterrupted = new(
        nameof(ListingInterrupted), ErrorCategory.ReadError, "A listing failed after some jobs had been emitted. Exception.Reason says why, Exception.Listing how far it came.",
        "Read on with -Skip, as the message says; engines are listed again.");

    public static readonly ErrorEntry NotLatestJob = new(
        nameof(NotLatestJob), ErrorCategory.InvalidArgument, "A job is to be tried again that is not the newest of its engine. Nothing was done.",
        "Only the newest job of an engine can be tried again: leave out -Id if that one is meant. Get-CseEngineJob -Latest shows it.");

    public static readonly ErrorEntry RetryNotOffered = new(
        nameof(RetryNotOffered), ErrorCategory.InvalidOperation, "The engine offers no retry of its newest job: that has not failed, or runs again already. Nothing was done.",
        "Get-CseEngine -Id shows what the engine offers (EngineAdditionalActions), Get-CseEngineJob -Latest its newest job.");

    public static readonly ErrorEntry JobFailed = new(
        nameof(JobFailed), ErrorCategory.InvalidResult,
        "A job that was waited for has ended in Error or Timeout. The message names the phase, the sub-job and the end of its log; Exception.Job is the job.",
        "See all its steps: Get-CseEngineJob <engine> -Id <id> | Format-Custom. When the cause is gone, Restart-CseEngineJob tries it again.");

    public static readonly ErrorEntry FileExists = new(
        nameof(FileExists), ErrorCategory.ResourceExists, "The file of a report is there already, and -NoClobber was given. It is left as it is.",
        "Name another file, or leave out -NoClobber.");

    public static readonly ErrorEntry FileNotWritten = new(
        nameof(FileNotWritten), ErrorCategory.WriteError, "The file of a report cannot be written. What was there before is left as it is.",
        "Check that the folder is there and may be written to; -Force replaces a file that is read-only.");

    public static readonly ErrorEntry WaitTimedOut = new(
        nameof(WaitTimedOut), ErrorCategory.OperationTimeout, "A job had not ended when the time of Wait-CseEngineJob was up. The job itself goes on.",
        "Wait again, with a longer -TimeoutSec or without one: the wait takes up the job where it is.");

    public static readonly ErrorEntry WatchTimedOut = new(
        nameof(WatchTimedOut), ErrorCategory.OperationTimeout, "What -Until of Watch-CseEngineJob waits for had not come when its time was up.",
        "Watch again, with a longer -TimeoutSec or without one. -IncludeCurrent shows what is at work.");

    private static readonly Dictionary<CseErrorReason, ErrorEntry> ByReason = new[]
    {
        Of(CseErrorReason.AuthenticationFailed, ErrorCategory.AuthenticationError, "The credentials are wrong or expired (401).",
            "Sign in again with Connect-Cse. Tokens live 24 hours and hold for one project and region; a signature needs the right secret key and clock."),
        Of(CseErrorReason.PermissionDenied, ErrorCategory.PermissionDenied, "The credentials are valid, but do not allow this (403).",
            "Ask for the permission cse:engine:get in this project (cse:engine:update to retry a job), or check project id and region."),
        Of(CseErrorReason.EngineNotFound, ErrorCategory.ObjectNotFound, "No such engine in this project, region and enterprise project.",
            "Check the engine id, the project and the region. An engine of another enterprise project needs Connect-Cse -EnterpriseProjectId."),
        Of(CseErrorReason.JobNotFound, ErrorCategory.ObjectNotFound, "The engine has no such job.",
            "List the engine's jobs with Get-CseEngineJob and take an Id from there."),
        Of(CseErrorReason.ApiNotFound, ErrorCategory.ObjectNotFound, "The host does not offer this API (404).",
            "Check -Region or -Endpoint: the address must be that of the CSE service, https://cse.<region>.myhuaweicloud.com."),
        Of(CseErrorReason.InvalidArgument, ErrorCategory.InvalidArgument,
            "A value cannot be right. Found here, nothing was sent; found by the server, Exception.Code says what it did not like.",
            "Correct the value and call again; -Verbose shows what is sent."),
        Of(CseErrorReason.RequestRejected, ErrorCategory.InvalidOperation, "The server refused the request for a reason of its own (other 4xx).",
            "Read the server's words in the message; -Verbose shows the request."),
        Of(CseErrorReason.RedirectRefused, ErrorCategory.SecurityError, "The server redirects. That is never followed: the credentials would leave with it.",
            "Pass the address that it redirects to as -Endpoint if you trust it."),
        Of(CseErrorReason.Throttled, ErrorCategory.LimitsExceeded, "Too many requests (429), and still so after the retries.",
            "Wait a minute, then call again with fewer calls at once, or allow more with Connect-Cse -MaximumRetryCount."),
        Of(CseErrorReason.ServerError, ErrorCategory.ResourceUnavailable, "The server or gateway failed (5xx), and still so after the retries.",
            "Call again later. If it lasts, give the request id to Huawei Cloud support."),
        Of(CseErrorReason.ConnectionFailed, ErrorCategory.ConnectionError, "No answer: the name does not resolve, nothing listens, TLS failed or the connection broke.",
            "Check the network, the proxy and its sign-in (-Proxy, -ProxyCredential), and the address of the endpoint."),
        Of(CseErrorReason.TimeoutReached, ErrorCategory.OperationTimeout, "The server did not answer in time.",
            "Call again later, or allow more time with Connect-Cse -TimeoutSec and -OperationTimeoutSec."),
        Of(CseErrorReason.MalformedResponse, ErrorCategory.InvalidData, "The answer is not what the API documents: a proxy's page, a cut body, something else altogether.",
            "Check that the endpoint is the CSE API and that no proxy answers in its place; -Verbose shows the request."),
        Of(CseErrorReason.SessionClosed, ErrorCategory.ConnectionError, "The session was ended by Disconnect-Cse, by a later Connect-Cse of its name, or with the module.", "Make a new session with Connect-Cse."),
        Of(CseErrorReason.ProjectNotFound, ErrorCategory.ObjectNotFound, "IAM knows no project of that name, or several, or does not say which project a token holds for.",
            "Pass the project's id with -ProjectId, or grant the user permission to list projects."),
        Of(CseErrorReason.UnexpectedError, ErrorCategory.NotSpecified, "A failure that fits nothing else.", "Call again with -Verbose and report what it shows."),
    }.ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Every entry.</summary>
    public static IReadOnlyList<ErrorEntry> All { get; } =
        new[] { NotConnected, SessionNotFound, EngineIdMissing, EngineAmbiguous, ListingInterrupted, NotLatestJob, RetryNotOffered, JobFailed, WaitTimedOut, WatchTimedOut, FileExists, FileNotWritten }
            .Concat(ByReason.Values).OrderBy(entry => entry.Id, StringComparer.Ordinal).ToArray();

    public static ErrorEntry For(CseErrorReason reason) => ByReason[reason];

    private static KeyValuePair<CseErrorReason, ErrorEntry> Of(CseErrorReason reason, ErrorCategory category, string meaning, string action) =>
        new(reason, new ErrorEntry(reason.ToString(), category, meaning, action));
}

/// <summary>A kind of error: the first part of its FullyQualifiedErrorId, PowerShell's category, what it means (for the help), and what to do about it.</summary>
internal sealed record ErrorEntry(string Id, ErrorCategory Category, string Meaning, string Action);
