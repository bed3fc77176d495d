using System.Runtime.InteropServices;

namespace CseJobs.Client.Paging;

/// <summary>
/// The job ids that came before. They are mostly close together, so they are kept as bits of blocks of 64: a hash set of a million ids alone
/// breaks the figure for memory (docs/benchmarks.md, 3).
/// </summary>
internal sealed class SeenIds
{
    private readonly Dictionary<long, ulong> _blocks = new(new SeededComparer());

    /// <summary>Adds an id; false when it came before.</summary>
    public bool Add(long id)
    {
        ref ulong bits = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, id >> 6, out _);
        ulong bit = 1UL << (int)(id & 63);
        bool isNew = (bits & bit) == 0;
        bits |= bit;
        return isNew;
    }

    /// <summary>The hash code of a number is no secret: a server could send ids that all have the same. This one differs in each process.</summary>
    internal sealed class SeededComparer : IEqualityComparer<long>
    {
        public bool Equals(long x, long y) => x == y;

        public int GetHashCode(long block) => HashCode.Combine((int)block, (int)(block >> 32));
    }
}
