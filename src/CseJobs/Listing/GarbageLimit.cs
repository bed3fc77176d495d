namespace CseJobs.Listing;

/// <summary>
/// Keeps the memory of a long listing flat. The runtime waits with its first small collection until garbage fills the
/// processor's cache, which on servers is 80 MB and more. What a pipeline has dropped costs next to nothing to collect, so it
/// is done earlier. Short listings never come to it.
/// </summary>
internal sealed class GarbageLimit
{
    private const long Bytes = 6 * 1024 * 1024;

    private long _atLast = GC.GetTotalMemory(forceFullCollection: false);

    /// <summary>Collects the youngest objects if the heap has grown by 6 MB since the last time. Call it after each page.</summary>
    public void Limit()
    {
        long now = GC.GetTotalMemory(forceFullCollection: false);
        if (now - _atLast > Bytes)
        {
            GC.Collect(0, GCCollectionMode.Forced);
            _atLast = GC.GetTotalMemory(forceFullCollection: false);
        }
        else if (now < _atLast)
        {
            // The runtime has collected by itself.
            _atLast = now;
        }
    }
}
