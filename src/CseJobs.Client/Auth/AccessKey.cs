namespace CseJobs.Client.Auth;

/// <summary>An access key with its secret, permanent or temporary.</summary>
internal sealed class AccessKey : IExpiringCredential
{
    public AccessKey(string id, Secret secretKey, Secret? securityToken, DateTimeOffset? expiresAt = null)
    {
        Id = id;
        SecretKey = secretKey;
        SecurityToken = securityToken;
        ExpiresAt = expiresAt;
    }

    /// <summary>The access key id (AK). Not a secret, but shown in part only.</summary>
    public string Id { get; }

    public Secret SecretKey { get; }

    /// <summary>Goes with temporary keys (header X-Security-Token).</summary>
    public Secret? SecurityToken { get; }

    public DateTimeOffset? ExpiresAt { get; }

    public string MaskedId => Id.Length < 8 ? "…" : $"{Id.Substring(0, 2)}…{Id.Substring(Id.Length - 2)}";

    public string RemoveFrom(string text)
    {
        // The id is no secret, but shown in part only: in echoes too.
        string clean = SecretKey.RemoveFrom(Id.Length < 8 ? text : text.Replace(Id, MaskedId));
        return SecurityToken?.RemoveFrom(clean) ?? clean;
    }

    public void Clear()
    {
        SecretKey.Clear();
        SecurityToken?.Clear();
    }
}
