using System.Collections.Concurrent;

namespace CseJobs.Simulator.Access;

/// <summary>The tokens that IAM has issued.</summary>
internal sealed class TokenStore(SimulatorOptions options, SimulatorClock clock)
{
    // Real ones have thousands of characters; some limits on header lengths are met only then.
    private const int TokenBytes = 1536;

    private readonly ConcurrentDictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);
    private int _issued;

    public int Issued => Volatile.Read(ref _issued);

    public IssuedToken Issue(SimulatedAccount account, SimulatedProject project)
    {
        DateTimeOffset now = clock.Now;
        var token = new IssuedToken(Secrets.Base64("MIISIM", TokenBytes), account, project, now, now + options.TokenLifetime);
        _tokens[token.Text] = token;
        Interlocked.Increment(ref _issued);
        return token;
    }

    public IssuedToken? Find(string text) => _tokens.TryGetValue(text, out IssuedToken? token) ? token : null;

    public void EndAll()
    {
        foreach (IssuedToken token in _tokens.Values)
        {
            token.End();
        }
    }
}
