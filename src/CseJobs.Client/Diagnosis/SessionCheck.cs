using CseJobs.Client;

namespace CseJobs;

/// <summary>
/// One thing that was looked at in a session, and what it came to. Made to be pasted into a report: no secret stands in it, and of ids of
/// keys and projects the beginning only.
/// </summary>
public sealed record SessionCheck
{
    internal SessionCheck(string check, CheckResult result, string detail) => (Check, Result, Detail) = (check, result, detail);

    /// <summary>Name of the session, for callers that look at several; null when they give none.</summary>
    public string? Session { get; init; }

    /// <summary>What was looked at, <c>TLS</c> for example.</summary>
    public string Check { get; }

    /// <summary>What it came to.</summary>
    public CheckResult Result { get; }

    /// <summary>What was seen, in one line.</summary>
    public string Detail { get; internal init; }

    /// <summary>What to do, in a sentence; null when there is nothing to do, and until somebody has put <see cref="Problem"/> into words.</summary>
    public string? Advice { get; init; }

    /// <summary>What is to be done about it; null when there is nothing to do.</summary>
    public CheckProblem? Problem { get; internal init; }

    /// <summary>Why the call failed that it was to be seen by; null when none did.</summary>
    public CseErrorReason? Reason => Failure?.Reason;

    internal CseApiException? Failure { get; init; }

    /// <summary>The failure of the call that it was to be seen by, for callers that end because of it. No property: it would be in every table.</summary>
    /// <returns>The failure; null when the check did not fail.</returns>
    public CseApiException? GetFailure() => Failure;

    /// <summary>The check in one line.</summary>
    /// <returns>For example <c>TLS: ok, TLS 1.3, certificate valid until 2027-03-01</c>.</returns>
    public override string ToString() => $"{Check}: {(Result == CheckResult.NotTried ? "not tried" : Result.ToString().ToLowerInvariant())}, {Detail}";

    internal static SessionCheck Failed(string check, CheckProblem problem, CseApiException failure, string? detail = null) =>
        new(check, CheckResult.Fail, detail ?? failure.Message) { Problem = problem, Failure = failure };

    internal static SessionCheck Warned(string check, CheckProblem problem, string detail) => new(check, CheckResult.Warn, detail) { Problem = problem };
}
