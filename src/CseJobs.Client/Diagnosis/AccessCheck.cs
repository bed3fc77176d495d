using CseJobs.Client.Auth;

namespace CseJobs.Client.Diagnosis;

/// <summary>Judges the clock and the credentials by the answer to the first request.</summary>
internal static class AccessCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    // Whole seconds, which some servers write for a second longer.
    private static readonly TimeSpan Measurable = TimeSpan.FromSeconds(2);

    // Older or younger signatures are refused.
    private static readonly TimeSpan SignatureLife = TimeSpan.FromMinutes(15);

    public static SessionCheck JudgeClock(FirstAnswer first, bool signs)
    {
        if (first.ServerTime is not { } server)
            return new SessionCheck("Clock", CheckResult.NotTried, first.Failure is { StatusCode: null } ? "no answer came" : "the server does not tell its time");

        // The header was written between sending and receiving.
        TimeSpan ahead = server > first.Received ? server - first.Received : server < first.Sent ? server - first.Sent : TimeSpan.Zero;
        string detail = ahead.Duration() < Measurable ? "less than 2 s from the server's" : $"the server is {(ahead > TimeSpan.Zero ? "ahead" : "behind")} by {Words(ahead.Duration())}";
        if (signs && ahead.Duration() > SignatureLife && first.Failure?.Reason == CseErrorReason.AuthenticationFailed)
            return SessionCheck.Failed("Clock", CheckProblem.ClockWrong, first.Failure, detail + ": it takes no signature that is more than 15 min off");

        return ahead.Duration() > Tolerance ? SessionCheck.Warned("Clock", CheckProblem.ClockWrong, detail) : new SessionCheck("Clock", CheckResult.Ok, detail);
    }

    public static SessionCheck JudgeCredentials(FirstAnswer first, SignInResult signIn)
    {
        if (first.Failure?.Reason == CseErrorReason.AuthenticationFailed)
            return SessionCheck.Failed("Credentials", CheckProblem.CredentialsRefused, first.Failure);

        string kind = signIn.Credential.IdentityKind switch
        {
            "Password" => "user and password",
            "AccessKey" => "access key",
            "EcsAgency" => "agency of this ECS",
            var other => other.ToLowerInvariant(),
        };
        string key = signIn.Credential.MaskedKeyId is { } id ? " " + id : string.Empty;
        string region = signIn.Region is { } name ? $" ({name})" : string.Empty;
        string until = signIn.Credential.ExpiresAt is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end.LocalDateTime:yyyy-MM-dd HH:mm}") : string.Empty;
        string detail = $"{kind}{key}, project {Beginning(signIn.Client.Options.ProjectId)}{region}{until}";
        return first.Failure?.Reason is null or CseErrorReason.PermissionDenied
            ? new SessionCheck("Credentials", CheckResult.Ok, detail)
            : new SessionCheck("Credentials", CheckResult.NotTried, detail + ": no answer says whether they are accepted");
    }

    /// <summary>Enough of the id of a project to tell it from others.</summary>
    public static string Beginning(string id) => SafeText.CleanLine(id.Length <= 8 ? id : id[..4] + "…");

    private static string Words(TimeSpan span)
    {
        (double number, string unit) = span switch
        {
            { TotalMinutes: < 2 } => (span.TotalSeconds, "s"),
            { TotalHours: < 2 } => (span.TotalMinutes, "min"),
            { TotalDays: < 2 } => (span.TotalHours, "h"),
            _ => (span.TotalDays, "days"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number:0} {unit}");
    }
}
