using CseJobs.Client.Paging;

namespace CseJobs.Errors;

/// <summary>Turns failures into error records: a stable id, a category, the id concerned as target, and what to do about it.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(CseApiException error, object? target) => Make(error, ErrorCatalogue.For(error.Reason), target);

    /// <summary>A listing failed. After some jobs had been emitted the record says how many, and how to read on.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="passed">Jobs of this engine that -Skip would have to leave out to go on.</param>
    /// <param name="left">Jobs that -First still wants; null without it.</param>
    /// <param name="session">Name of the session that was given; null for the default one.</param>
    public static ErrorRecord OfListing(CseApiException error, string engine, ulong passed, ulong? left, string? session)
    {
        if (error.Listing is not { } position)
            return From(error, engine);

        ErrorRecord record = Make(error, ErrorCatalogue.ListingInterrupted, engine);
        record.ErrorDetails = new ErrorDetails(Describe(error, engine, passed, position))
        {
            RecommendedAction = $"{ErrorCatalogue.For(error.Reason).Action} Then read on: {ReadOn(engine, passed, left, session)}, with the same filters.",
        };
        return record;
    }

    /// <summary>The list of engines failed. After some had been emitted the record says how many.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="received">Engines received before.</param>
    public static ErrorRecord OfEngineListing(CseApiException error, ulong received)
    {
        if (error.Listing is not { } position)
            return From(error, null);

        ErrorRecord record = Make(error, ErrorCatalogue.ListingInterrupted, null);
        record.ErrorDetails = new ErrorDetails(string.Format(
            CultureInfo.InvariantCulture, "The list of engines stopped at page {0} (offset {1}) after {2:N0} engines: {3}", position.Page, position.Offset, received, error.Message))
        {
            RecommendedAction = ErrorCatalogue.For(error.Reason).Action + " Then list the engines again.",
        };
        return record;
    }

    /// <summary>No engine has this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="session">Where it was looked for.</param>
    /// <param name="type">The kind that was asked for; null for any.</param>
    public static ErrorRecord EngineNameNotFound(string name, CseSession session, string? type)
    {
        string kind = type is null || type.Equals("ALL", StringComparison.OrdinalIgnoreCase) ? string.Empty : $" of type {type}";
        string hint = Guid.TryParse(name, out _) ? " It looks like an id: pass it with -Id." : string.Empty;
        string message = $"There is no engine{kind} named '{SafeText.Quote(name)}' in project {session.ProjectId}, enterprise project {session.EnterpriseProjectId ?? "0 (the default)"}.{hint}";
        ErrorRecord record = Make(new ItemNotFoundException(message), ErrorCatalogue.For(CseErrorReason.EngineNotFound), name);
        record.ErrorDetails.RecommendedAction =
            "Get-CseEngine without a name lists the engines there are. An engine of another enterprise project needs Connect-Cse -EnterpriseProjectId.";
        return record;
    }

    /// <summary>A job is to be tried again that is not the newest of its engine.</summary>
    public static ErrorRecord NotLatestJob(long job, Engine engine)
    {
        string newest = engine.LatestJobId is { } id ? $"its newest job is {id.ToString(CultureInfo.InvariantCulture)}" : "it has no job at all";
        string message = $"Job {job.ToString(CultureInfo.InvariantCulture)} is not the newest of engine {Shown(engine)}: {newest}. Only the newest can be tried again; nothing was done.";
        return Make(new InvalidOperationException(message), ErrorCatalogue.NotLatestJob, job);
    }

    /// <summary>The engine offers no retry of its newest job.</summary>
    public static ErrorRecord RetryNotOffered(Engine engine)
    {
        string offers = engine.EngineAdditionalActions.Count == 0 ? "nothing" : string.Join(", ", engine.EngineAdditionalActions);
        string message = $"Engine {Shown(engine)} offers no retry now: its status is {engine.Status ?? "not told"}, and it offers {offers}. Nothing was done.";
        return Make(new InvalidOperationException(SafeText.CleanLine(message)), ErrorCatalogue.RetryNotOffered, engine.Id);
    }

    /// <summary>A retry was accepted, but its job could not be read.</summary>
    public static ErrorRecord AfterRetry(CseApiException error, string engine, long job)
    {
        ErrorRecord record = From(error, job);
        record.ErrorDetails = new ErrorDetails(string.Format(
            CultureInfo.InvariantCulture, "The retry was accepted: engine '{0}' runs job {1}. Reading that job failed: {2}", SafeText.CleanLine(engine), job, error.Message))
        {
            RecommendedAction = string.Format(
                CultureInfo.InvariantCulture, "Do not retry again; look at the job: Get-CseEngineJob {0} -Id {1}", PowerShellText.AsArgument(engine), job),
        };
        return record;
    }

    /// <summary>A value cannot be right. What the client says in general terms is told with the parameters to use.</summary>
    public static ErrorRecord InvalidArgument(ArgumentException error, object? target) => Make(
        error is CseOptionsException options ? new ArgumentException($"{options.Message} {ParameterAdvice.For(options.Problem)}", options) : error,
        ErrorCatalogue.For(CseErrorReason.InvalidArgument),
        target);

    public static ErrorRecord NotConnected() =>
        Make(new InvalidOperationException("There is no session. Run Connect-Cse first, or pass one with -Session."), ErrorCatalogue.NotConnected, null);

    public static ErrorRecord SessionClosed(CseSession session) => Make(
        new ObjectDisposedException(null, $"The session '{session.Name}' was closed by Disconnect-Cse."), ErrorCatalogue.For(CseErrorReason.SessionClosed), session);

    public static ErrorRecord SessionNotFound(string name) =>
        Make(new ItemNotFoundException($"There is no session named '{SafeText.Quote(name)}'."), ErrorCatalogue.SessionNotFound, name);

    public static ErrorRecord EngineIdMissing() =>
        Make(new ArgumentException("No engine is named, and the session has no engine of its own."), ErrorCatalogue.EngineIdMissing, null);

    /// <summary>A job that was waited for has failed; the record says how to see it whole.</summary>
    public static ErrorRecord JobFailed(CseJobFailedException error, string engine, long id)
    {
        ErrorRecord record = Make(error, ErrorCatalogue.JobFailed, id);
        record.ErrorDetails.RecommendedAction = ErrorCatalogue.JobFailed.Action
            .Replace("<engine>", PowerShellText.AsArgument(engine)).Replace("<id>", id.ToString(CultureInfo.InvariantCulture));
        return record;
    }

    public static ErrorRecord WaitTimedOut(string message, long id) => Make(new TimeoutException(message), ErrorCatalogue.WaitTimedOut, id);

    private static string ReadOn(string engine, ulong passed, ulong? left, string? session) => FormattableString.Invariant(
        $"Get-CseEngineJob {PowerShellText.AsArgument(engine)} -Skip {passed}{(left is null ? null : $" -First {left}")}{(session is null ? null : " -Session " + PowerShellText.AsArgument(session))}");

    private static string Describe(CseApiException error, string engine, ulong passed, ListingPosition position) => string.Format(
        CultureInfo.InvariantCulture,
        "The listing of engine '{0}' stopped at page {1} (offset {2}) after {3:N0} jobs, the last of which is {4}: {5}",
        SafeText.CleanLine(engine),
        position.Page,
        position.Offset,
        passed,
        position.LastId,
        error.Message);

    private static string Shown(Engine engine) => SafeText.CleanLine($"'{engine.Name}' ({engine.Id})");

    private static ErrorRecord Make(Exception error, ErrorEntry entry, object? target) => new(error, entry.Id, entry.Category, target)
    {
        ErrorDetails = new ErrorDetails(ParameterAdvice.For((error as CseApiException)?.Reason) is { } advice ? $"{error.Message} {advice}" : error.Message) { RecommendedAction = entry.Action },
    };
}
