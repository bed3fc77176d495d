namespace CseJobs.Client;

/// <summary>Options do not go together, or something is missing from them. Nothing was sent.</summary>
public sealed class CseOptionsException : ArgumentException
{
    internal CseOptionsException(CseOptionsProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>What is wrong.</summary>
    public CseOptionsProblem Problem { get; }
}
