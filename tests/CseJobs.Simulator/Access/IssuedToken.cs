namespace CseJobs.Simulator.Access;

/// <summary>A token that IAM gave to a user for a project. A newer one does not end it.</summary>
internal sealed class IssuedToken(
    string text, SimulatedAccount account, SimulatedProject project, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    private int _ended;

    public string Text { get; } = text;

    public SimulatedAccount Account { get; } = account;

    public SimulatedProject Project { get; } = project;

    public DateTimeOffset IssuedAt { get; } = issuedAt;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public bool IsOld(DateTimeOffset now) => Volatile.Read(ref _ended) != 0 || now >= ExpiresAt;

    public void End() => Volatile.Write(ref _ended, 1);
}
