using CseJobs.Client.Paging;

namespace CseJobs.Client.Jobs;

/// <summary>Jobs received: their numbers, and whether they lie in the time window.</summary>
internal sealed class JobLedger(JobQuery query) : ItemLedger<EngineJob, long>
{
    private readonly SeenIds _seen = new();
    private long? _lastId;

    public override long Count => _seen.Count;

    public override long IdOf(EngineJob item) => item.Id;

    public override bool Add(EngineJob item)
    {
        if (!_seen.Add(item.Id))
        {
            return false;
        }

        _lastId = item.Id;
        return true;
    }

    public override bool Includes(EngineJob item) => query.Includes(item);

    public override ListingPosition Position(int page, long offset) => new(Count, page, offset) { LastId = _lastId };
}
