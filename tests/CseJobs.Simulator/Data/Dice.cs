namespace CseJobs.Simulator.Data;

/// <summary>
/// A small reproducible source of chance (SplitMix64). System.Random is not used because its seeded sequence is slow to
/// set up for each of 100,000 jobs.
/// </summary>
internal struct Dice(ulong state)
{
    private ulong _state = state;

    /// <summary>A hash of a text that is the same on every run, unlike string.GetHashCode (FNV-1a).</summary>
    public static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to one below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number from 0 (included) to 1 (not included).</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public T Pick<T>(T[] values) => values[Below(values.Length)];
}
