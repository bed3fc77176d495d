using System.Collections.Concurrent;

namespace CseJobs.Simulator.Access;

/// <summary>
/// The temporary keys that the metadata service has given to the instance, whose agency acts for the first account, and IAM to
/// those who assumed an agency. Each
/// question gets a new set and the old ones stay good, so that a client that asks too often is found out by the count.
/// </summary>
internal sealed class AgencyKeyStore(SimulatorOptions options, SimulatorClock clock, AccountDirectory accounts)
{
    private readonly ConcurrentDictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);
    private int _issued;

    public int Issued => Volatile.Read(ref _issued);

    /// <summary>A new set for the instance; null if there is no account to act for.</summary>
    public SigningKey? Issue() => accounts.All is [SimulatedAccount account, ..] ? Issue(account, options.AgencyLifetime) : null;

    /// <summary>A new set for whoever has assumed an agency of an account.</summary>
    public SigningKey Issue(SimulatedAccount account, TimeSpan lifetime)
    {
        var key = new SigningKey(
            Secrets.Letter("HSTSIM", 20),
            Secrets.Letter("SKSIM", 40),
            Secrets.Base64("ggpSIM", 450),
            account,
            clock.Now + lifetime);
        _keys[key.AccessKey] = key;
        Interlocked.Increment(ref _issued);
        return key;
    }

    public SigningKey? Find(string accessKey) => _keys.TryGetValue(accessKey, out SigningKey? key) ? key : null;

    public void EndAll()
    {
        foreach (SigningKey key in _keys.Values)
        {
            key.End();
        }
    }
}
