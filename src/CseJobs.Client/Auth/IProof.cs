namespace CseJobs.Client.Auth;

/// <summary>What proves an identity for a while: a token, a temporary access key.</summary>
internal interface IProof
{
    /// <summary>When it stops working; null when never.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>Takes its secrets out of a text.</summary>
    string RemoveFrom(string text);

    /// <summary>Wipes its secrets.</summary>
    void Clear();
}
