namespace CseJobs.Client.Jobs;

/// <summary>
/// The job ids already handed on. Job ids are mostly consecutive, so they are kept as bits of 64-id blocks: a million jobs
/// take under a megabyte instead of forty.
/// </summary>
internal sealed class SeenIds
{
    private readonly Dictionary<long, ulong> _blocks = new();

    // The block in hand, not yet among the others: ids that follow one another mostly lie in one block.
    private long _block;
    private ulong _bits;

    public long Count { get; private set; }

    /// <returns>True when the id is new.</returns>
    public bool Add(long id)
    {
        long block = id >> 6;
        ulong bit = 1UL << (int)(id & 63);
        if (block != _block)
        {
            _blocks[_block] = _bits;
            _blocks.TryGetValue(block, out _bits);
            _block = block;
        }

        if ((_bits & bit) != 0)
        {
            return false;
        }

        _bits |= bit;
        Count++;
        return true;
    }
}
