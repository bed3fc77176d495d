namespace CseJobs.Simulator.Access;

/// <summary>Locks an access key for five minutes after more than five failed checks in a row.</summary>
internal sealed class KeyLock(SimulatorClock clock)
{
    private const int MostFailures = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    public bool IsLocked(string accessKey)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(accessKey, out State? state) || state.LockedUntil is not DateTimeOffset until)
            {
                return false;
            }

            if (clock.Now < until)
            {
                return true;
            }

            _states.Remove(accessKey);
            return false;
        }
    }

    public void Fail(string accessKey)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(accessKey, out State? state))
            {
                _states[accessKey] = state = new State();
            }

            if (++state.Failures > MostFailures)
            {
                state.LockedUntil ??= clock.Now + Duration;
            }
        }
    }

    public void Succeed(string accessKey)
    {
        lock (_gate)
        {
            _states.Remove(accessKey);
        }
    }

    private sealed class State
    {
        public int Failures { get; set; }

        public DateTimeOffset? LockedUntil { get; set; }
    }
}
