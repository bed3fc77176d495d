using System;
using System.Management.Automation;
using System.Threading.Tasks;
using CseJobs.Errors;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <content>Reads the newest job of engines.</content>
public sealed partial class GetCseEngineJobCommand
{
    private readonly NewestJobHint _newest = new();

    /// <inheritdoc/>
    // There only with -Latest: listings have no use for it.
    object? IDynamicParameters.GetDynamicParameters() => Latest ? _newest : null;

    private void ReadLatestJobs()
    {
        RefusePaging("-Latest");
        if (_query.From is not null || _query.To is not null)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Latest is one job of each engine, whenever it began; it cannot be combined with -From and -To."), null));
        }

        string[] engines = Engines();

        // What was read of one engine says nothing of several.
        long? known = engines.Length == 1 && _newest.LatestJobId > 0 ? _newest.LatestJobId : null;
        foreach (string engine in engines)
        {
            Begin(engine, known, () => ReadLatestAsync(engine, known));
        }
    }

    private async Task<EngineJob?> ReadLatestAsync(string engine, long? known)
    {
        long? id = known ?? (await Current.Client.GetEngineAsync(engine, Observer, StopToken).ConfigureAwait(false)).LatestJobId;
        return id is null ? null : await Current.Client.GetJobAsync(engine, id.Value, Observer, StopToken).ConfigureAwait(false);
    }
}
