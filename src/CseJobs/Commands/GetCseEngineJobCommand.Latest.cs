using System.Management.Automation;
using System.Threading.Tasks;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <content>Reads the newest job of engines.</content>
public sealed partial class GetCseEngineJobCommand
{
    private readonly NewestJobHint _newest = new();

    /// <inheritdoc/>
    // There only with -Latest: an engine in the pipeline would otherwise choose that set by its property LatestJobId.
    object? IDynamicParameters.GetDynamicParameters() => Latest ? _newest : null;

    private void ReadLatestJobs()
    {
        if (!Latest)
        {
            // -Latest:$false, out of a variable: the plain listing.
            foreach (string engine in Engines())
            {
                ListEngine(engine);
            }

            return;
        }

        RefusePaging("-Latest");
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
