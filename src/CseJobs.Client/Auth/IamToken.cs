namespace CseJobs.Client.Auth;

/// <summary>A token that IAM gave, and the project it holds for.</summary>
internal sealed class IamToken : IProof
{
    public required Secret Value { get; init; }

    /// <summary>Project of the token's scope (API field <c>token.project.id</c>); null when the answer had none.</summary>
    public string? ProjectId { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string RemoveFrom(string text) => Value.RemoveFrom(text);

    public void Clear() => Value.Clear();
}
