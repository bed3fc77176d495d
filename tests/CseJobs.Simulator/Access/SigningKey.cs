namespace CseJobs.Simulator.Access;

/// <summary>A pair of keys that can sign.</summary>
internal sealed class SigningKey(
    string accessKey, string secretKey, string? securityToken, SimulatedAccount account, DateTimeOffset expiresAt)
{
    private int _ended;

    public string AccessKey { get; } = accessKey;

    public string SecretKey { get; } = secretKey;

    /// <summary>What must come with every signature; null for permanent keys.</summary>
    public string? SecurityToken { get; } = securityToken;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public Caller Caller { get; } = new("ak:" + accessKey, account);

    public bool IsOld(DateTimeOffset now) => Volatile.Read(ref _ended) != 0 || now >= ExpiresAt;

    public void End() => Volatile.Write(ref _ended, 1);
}
