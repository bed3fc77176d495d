namespace CseJobs.Simulator.Access;

/// <summary>Ends one token in the middle of its use of an engine: the first that has made so many calls.</summary>
internal sealed class TokenFuse
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IssuedToken, int> _calls = [];
    private bool _blown;

    public void Burn(IssuedToken token, int calls)
    {
        lock (_gate)
        {
            if (_blown)
            {
                return;
            }

            int count = _calls.GetValueOrDefault(token) + 1;
            _calls[token] = count;
            if (count >= calls)
            {
                _blown = true;
                _calls.Clear();
                token.End();
            }
        }
    }
}
