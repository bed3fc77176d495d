using System.Collections;
using System.Management.Automation;
using CseJobs.Errors;
using CseJobs.Language;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <content>Reads the newest job of engines.</content>
public sealed partial class GetCseEngineJobCommand
{
    private readonly NewestJobHint _newest = new();

    /// <inheritdoc/>
    // There only for engines that are piped in with -Latest: nobody is to type it, and listings have no use for it.
    object? IDynamicParameters.GetDynamicParameters() => Latest && MyInvocation.ExpectingInput ? _newest : null;

    private void ReadLatestJobs()
    {
        RefusePaging("-Latest");
        Dictionary<string, object> bound = MyInvocation.BoundParameters;
        if (bound.ContainsKey(nameof(From)) || bound.ContainsKey(nameof(To)) || (bound.ContainsKey(nameof(PageSize)) && !HasDefaultPageSize()))
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Latest is one job of each engine, whenever it began: -From, -To and -PageSize apply to a list of jobs and cannot be combined with it."), null));
        }

        string[] engines = Engines();

        // What was read of one engine says nothing of several.
        long? known = engines.Length == 1 && _newest.LatestJobId > 0 ? _newest.LatestJobId : null;
        foreach (string engine in engines)
        {
            Begin(engine, known, () => ReadLatestAsync(engine, known));
        }
    }

    /// <summary>Whether $PSDefaultParameterValues has a page size: it is bound like one that was given, but says nothing of this call.</summary>
    private bool HasDefaultPageSize() =>
        GetVariableValue("PSDefaultParameterValues").Bare() is IDictionary defaults
        && defaults.Keys.Cast<object>().Any(key => $"{key}".EndsWith(":" + nameof(PageSize), StringComparison.OrdinalIgnoreCase));

    private async Task<EngineJob?> ReadLatestAsync(string engine, long? known)
    {
        long? id = known ?? (await Current.Client.GetEngineAsync(engine, Observer, StopToken).ConfigureAwait(false)).LatestJobId;
        return id is null ? null : await Current.Client.GetJobAsync(engine, id.Value, Observer, StopToken).ConfigureAwait(false);
    }
}
