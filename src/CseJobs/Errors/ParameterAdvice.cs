namespace CseJobs.Errors;

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

    /// <summary>What to pass after a failed call, where the message should say it; null where the recommended action is enough.</summary>
    public static string? For(CseErrorReason? reason) => reason == CseErrorReason.ProjectNotFound ? "Pass the project as -ProjectId." : null;
}
