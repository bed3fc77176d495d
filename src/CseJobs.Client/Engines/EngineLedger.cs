using CseJobs.Client.Jobs;
using CseJobs.Client.Paging;

namespace CseJobs.Client.Engines;

/// <summary>Engines received. Their ids are texts and their number is small, so a plain set does.</summary>
internal sealed class EngineLedger : ItemLedger<Engine, string>
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _lastId;

    public override long Count => _seen.Count;

    public override string IdOf(Engine item) => item.Id;

    public override bool Add(Engine item)
    {
        if (!_seen.Add(item.Id))
        {
            return false;
        }

        _lastId = item.Id;
        return true;
    }

    public override ListingPosition Position(int page, long offset) => new(Count, page, offset) { LastEngineId = _lastId };
}
