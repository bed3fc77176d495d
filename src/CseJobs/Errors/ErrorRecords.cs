using System.Management.Automation.Runspaces;
using CseJobs.Listing;
using static System.FormattableString;

namespace CseJobs.Errors;

/// <summary>Turns failures into error records: a stable id, a category, the id concerned as target, and what to do about it.</summary>
internal static class ErrorRecords
{
    /// <summary>Under which a failure's Data has a hint that belongs to its message.</summary>
    public const string HintKey = "CseJobs.Hint";

    /// <summary>Under which it has the check of a session that failed by it, so that none was made.</summary>
    public const string CheckKey = "CseJobs.Check";

    public static ErrorRecord From(CseApiException error, object? target) => error.Data[CheckKey] is SessionCheck check
        ? Make(error, ErrorCatalogue.For(error.Reason), target, $"{check.Check}: {check.Detail.TrimEnd('.')}. {check.Advice} There is no new session.", check.Advice)
        : Make(error, ErrorCatalogue.For(error.Reason), target);

    /// <summary>
    /// A listing failed. After some jobs had been emitted the record says how many, and how to read on: past the jobs that -Skip would have to
    /// leave out, for those that -First still wants (null without it), with the session that was given (null for the default one).
    /// </summary>
    public static ErrorRecord OfListing(CseApiException error, string engine, ulong passed, ulong? left, string? session)
    {
        if (error.Listing is not { } at)
            return From(error, engine);

        string first = left is null ? string.Empty : Invariant($" -First {left}");
        string where = session is null ? string.Empty : " -Session " + PowerShellText.AsArgument(session);
        string readOn = Invariant($"Get-CseEngineJob {PowerShellText.AsArgument(engine)} -Skip {passed}{first}{where}");
        string stopped = Invariant($"stopped at page {at.Page} (offset {at.Offset}) after {passed:N0} jobs, the last of which is {at.LastId}");
        return Make(error, ErrorCatalogue.ListingInterrupted, engine,
            $"The listing of engine '{SafeText.CleanLine(engine)}' {stopped}: {error.Message}",
            $"{ErrorCatalogue.For(error.Reason).Action} Then read on: {readOn}, with the same filters.");
    }

    /// <summary>The list of engines failed. After some had been emitted the record says how many.</summary>
    public static ErrorRecord OfEngineListing(CseApiException error, ulong received) => error.Listing is not { } at ? From(error, null)
        : Make(error, ErrorCatalogue.ListingInterrupted, null, Invariant(
            $"The list of engines stopped at page {at.Page} (offset {at.Offset}) after {received:N0} engines: {error.Message}"),
            ErrorCatalogue.For(error.Reason).Action + " Then list the engines again.");

    /// <summary>No engine has this name, of the type that was asked for; null is any.</summary>
    public static ErrorRecord EngineNameNotFound(string name, CseSession session, string? type)
    {
        string kind = type is null || type.Equals("ALL", StringComparison.OrdinalIgnoreCase) ? string.Empty : $" of type {type}";
        string hint = Guid.TryParse(name, out _) ? " It looks like an id: pass it with -Id." : string.Empty;
        string place = $"project {session.ProjectId}, enterprise project {session.EnterpriseProjectId ?? "0 (the default)"}";
        string message = $"There is no engine{kind} named '{SafeText.Quote(name)}' in {place}.{hint}";
        return Make(new ItemNotFoundException(message), ErrorCatalogue.For(CseErrorReason.EngineNotFound), name, action:
            "Get-CseEngine without a name lists the engines there are. An engine of another enterprise project needs Connect-Cse -EnterpriseProjectId.");
    }

    /// <summary>A job is to be tried again that is not the newest of its engine.</summary>
    public static ErrorRecord NotLatestJob(long job, Engine engine)
    {
        string newest = engine.LatestJobId is { } id ? Invariant($"its newest job is {id}") : "it has no job at all";
        string message = Invariant($"Job {job} is not the newest of engine {Shown(engine)}: {newest}. Only the newest can be tried again; nothing was done.");
        return Make(new InvalidOperationException(message), ErrorCatalogue.NotLatestJob, job);
    }

    /// <summary>The engine offers no retry of its newest job.</summary>
    public static ErrorRecord RetryNotOffered(Engine engine)
    {
        // "Noting" is how the API spells that there is nothing.
        string[] actions = engine.EngineAdditionalActions.Where(action => !action.Equals("Noting", StringComparison.OrdinalIgnoreCase)).ToArray();
        string offers = actions.Length == 0 ? "nothing else" : string.Join(", ", actions);
        string message = $"Engine {Shown(engine)} offers no retry now: its status is {engine.Status ?? "not told"}, and it offers {offers}. Nothing was done.";
        return Make(new InvalidOperationException(SafeText.CleanLine(message)), ErrorCatalogue.RetryNotOffered, engine.Id);
    }

    /// <summary>A retry was accepted, but its job could not be read.</summary>
    public static ErrorRecord AfterRetry(CseApiException error, string engine, long job) => Make(error, ErrorCatalogue.For(error.Reason), job,
        Invariant($"The retry was accepted: engine '{SafeText.CleanLine(engine)}' runs job {job}. Reading that job failed: {error.Message}"),
        Invariant($"Do not retry again; look at the job: Get-CseEngineJob {PowerShellText.AsArgument(engine)} -Id {job}"));

    /// <summary>An engine has no newest job that could be waited for.</summary>
    public static ErrorRecord NoJob(TargetEngine engine) => Make(
        new ItemNotFoundException($"Engine '{SafeText.CleanLine(engine.Name ?? engine.Text)}' has no job: there is nothing to wait for."), ErrorCatalogue.For(CseErrorReason.JobNotFound), engine.Text);

    /// <summary>A value cannot be right. What the client says in general terms is told with the parameters to use.</summary>
    public static ErrorRecord InvalidArgument(ArgumentException error, object? target) => error is AmbiguousEngineException ? Make(error, ErrorCatalogue.EngineAmbiguous, target) : Make(
        error is CseOptionsException options ? new ArgumentException($"{options.Message} {ParameterAdvice.For(options.Problem)}", options) : error,
        ErrorCatalogue.For(CseErrorReason.InvalidArgument),
        target,
        action: "Correct the value and call again. Nothing was sent.");

    /// <summary>The same error, told of one of several sessions.</summary>
    public static ErrorRecord InSession(ErrorRecord error, CseSession session)
    {
        error.ErrorDetails = new ErrorDetails($"Session '{session.Name}': {error}") { RecommendedAction = error.ErrorDetails?.RecommendedAction };
        return error;
    }

    /// <summary>A region could not be signed in to, be it that nothing was sent there: then the error is another region's.</summary>
    public static ErrorRecord OfRegion(Exception error, string region, bool isSent)
    {
        ErrorRecord record = error is CseApiException failure ? From(failure, region) : InvalidArgument((ArgumentException)error, region);
        string told = isSent ? record.ToString() : $"Not tried: these credentials were refused elsewhere, and a few refusals lock them. {record}";
        record.ErrorDetails = new ErrorDetails($"Region '{region}': {told}") { RecommendedAction = record.ErrorDetails.RecommendedAction };
        return record;
    }

    /// <summary>There is no default session; those that are open are named, because none of them is taken unasked.</summary>
    public static ErrorRecord NotConnected()
    {
        string[] open = SessionStore.List(Runspace.DefaultRunspace).Select(session => PowerShellText.AsArgument(session.Name)).ToArray();
        return open is [var first, ..]
            ? Make(
                new InvalidOperationException($"No session is the default one. Open are: {string.Join(", ", open)}. Choose one with Select-CseSession, or pass it with -Session."),
                ErrorCatalogue.NotConnected, null, action: $"For example: Select-CseSession {first}")
            : Make(new InvalidOperationException("There is no session. Run Connect-Cse first, or pass one with -Session."), ErrorCatalogue.NotConnected, null);
    }

    public static ErrorRecord SessionClosed(CseSession session) => Make(
        new ObjectDisposedException(null, $"The session '{session.Name}' is closed: Disconnect-Cse has ended it, a later Connect-Cse of its name has taken its place, or the module was removed or loaded anew."),
        ErrorCatalogue.For(CseErrorReason.SessionClosed),
        session);

    /// <summary>An object names the session that read it, and no open session has that name.</summary>
    public static ErrorRecord SessionOfObjectNotFound(string name) => Make(
        new ItemNotFoundException($"An object in the pipeline was read with a session '{SafeText.Quote(name)}', which is not open here."), ErrorCatalogue.SessionNotFound, name,
        action: $"Make that session again (Connect-Cse -Name {PowerShellText.AsArgument(name)} …), or pass another with -Session.");

    public static ErrorRecord SessionNotFound(string name) =>
        Make(new ItemNotFoundException($"There is no session named '{SafeText.Quote(name)}'."), ErrorCatalogue.SessionNotFound, name);

    public static ErrorRecord EngineIdMissing() =>
        Make(new ArgumentException("No engine is named, and the session has no engine of its own."), ErrorCatalogue.EngineIdMissing, null);

    /// <summary>A job that was waited for has failed; the record says how to see it whole.</summary>
    public static ErrorRecord JobFailed(CseJobFailedException error, string engine, long id) => Make(error, ErrorCatalogue.JobFailed, id, action:
        ErrorCatalogue.JobFailed.Action.Replace("<engine>", PowerShellText.AsArgument(engine)).Replace("<id>", Invariant($"{id}")));

    /// <summary>The engine of a deletion is not there, but the wait has never seen it: it may be another project's.</summary>
    public static ErrorRecord GoneUnseen(CseApiException error, string engine, long id) => Make(error, ErrorCatalogue.For(error.Reason), engine,
        Invariant($"{error.Message} Job {id} is its deletion and may have succeeded, but this wait has not seen the engine in this session."),
        "Check that the session is the one in which the engine was deleted: Get-CseEngine lists the engines there are.");

    public static ErrorRecord WaitTimedOut(CseWaitTimeoutException error, long id) => Make(error, ErrorCatalogue.WaitTimedOut, id);

    /// <summary>The time of a watch was up before what it was to end with.</summary>
    public static ErrorRecord WatchTimedOut(string until, int seconds) =>
        Make(new TimeoutException(Invariant($"After {seconds:N0} seconds the watch has ended without what it was to end with: {until}.")), ErrorCatalogue.WatchTimedOut, until);

    public static ErrorRecord NoJobInPipeline(object? item) =>
        InvalidArgument(new ArgumentException("What is piped in is no job, and is left out. Jobs come from Get-CseEngineJob; they have an Id, an EngineId and a Status."), item);

    public static ErrorRecord FileExists(string file) => Make(new IOException($"The file '{file}' is there already. Nothing was written."), ErrorCatalogue.FileExists, file);

    public static ErrorRecord FileNotWritten(Exception error, string file) =>
        Make(error, ErrorCatalogue.FileNotWritten, file, $"The file '{file}' cannot be written, and what was there is left as it is: {error.Message}");

    public static string Shown(Engine engine) => SafeText.CleanLine($"'{engine.Name}' ({engine.Id})");

    private static ErrorRecord Make(Exception error, ErrorEntry entry, object? target, string? message = null, string? action = null)
    {
        message ??= (error as CseApiException)?.Reason == CseErrorReason.ProjectNotFound ? error.Message + " Pass the project as -ProjectId." : error.Message + error.Data[HintKey];
        return new ErrorRecord(error, entry.Id, entry.Category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = action ?? entry.Action } };
    }
}

/// <summary>Which parameters of Connect-Cse help: the client, which knows no cmdlet, says only what is wrong.</summary>
internal static class ParameterAdvice
{
    /// <summary>What to pass when options cannot be right.</summary>
    public static string For(CseOptionsProblem problem) => problem switch
    {
        CseOptionsProblem.RegionMissing => "Pass -Region or -Endpoint, or set HW_REGION_NAME.",
        CseOptionsProblem.RegionInvalid => "For another cloud pass -Endpoint.",
        CseOptionsProblem.ProjectMissing => "Pass -ProjectId, or -Region or -ProjectName to look it up.",
        CseOptionsProblem.ProjectIdMissing => "Pass -ProjectId.",
        CseOptionsProblem.ProjectNamedTwice => "Name the project either by -ProjectId or by -ProjectName.",
        CseOptionsProblem.IamEndpointMissing => "Pass -IamEndpoint.",
        CseOptionsProblem.EndpointNotEncrypted => "Use https, or -AllowUnencryptedAuthentication to insist.",
        CseOptionsProblem.ProxyHoldsCredential => "Pass them as -ProxyCredential.",
        CseOptionsProblem.CredentialsMissing => "Set one of these, or pass -Token, -Credential, -AccessKey or -EcsAgency.",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "No advice for it."),
    };
}
