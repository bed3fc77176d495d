using CseJobs.Listing;

namespace CseJobs.Commands;

/// <content>Begins reads and listings, and shows what they bring.</content>
public sealed partial class GetCseEngineJobCommand
{
    /// <summary>Begins to read a job.</summary>
    /// <param name="engine">Its engine.</param>
    /// <param name="id">Its id; null for the engine's newest, whichever that is.</param>
    /// <param name="read">Reads it; null where the engine has none.</param>
    private void Read(string engine, long? id, Func<Task<EngineJob?>> read)
    {
        Task<EngineJob?> job = _output.SendAsync(engine, id, read);
        _output.Add(job, () => Show(job, engine, id));
    }

    private async Task<EngineJob?> ReadLatestAsync(string engine, long? known)
    {
        long? id = known ?? (await Current.Client.GetEngineAsync(engine, Observer, StopToken).ConfigureAwait(false)).LatestJobId;
        return id is null ? null : await Current.Client.GetJobAsync(engine, id.Value, Observer, StopToken).ConfigureAwait(false);
    }

    private void Show(Task<EngineJob?> read, string engine, long? id)
    {
        try
        {
            // -Status and -Type apply to newest jobs; with -Id they cannot be given.
            if (Await(read) is { } job && _filter.Select(new[] { job }).Count > 0)
                WriteObject(job);
        }
        catch (ArgumentException e)
        {
            WriteError(e, engine);
        }
        catch (CseApiException e)
        {
            WriteError(e, e.Reason == CseErrorReason.EngineNotFound ? engine : id ?? (object)engine);
        }
    }

    /// <summary>Begins to list the jobs of an engine.</summary>
    private void List(string engine)
    {
        EngineListing listing;
        try
        {
            listing = new EngineListing(engine, Current.Client.ListJobs(engine, _query, Observer), _output);
        }
        catch (ArgumentException e)
        {
            _output.Add(Task.CompletedTask, () => WriteError(e, engine));
            return;
        }

        Task work = ThrottleLimit > 1 ? listing.ReadAheadAsync(PageSize) : Task.CompletedTask;
        _output.Add(work, () => Show(listing), listing);
    }

    private void Show(EngineListing listing)
    {
        _filter.BeginEngine();
        using var progress = new ListingProgress(this, listing.Engine, Current.Client.Options.TimeProvider);
        try
        {
            if (ShowPages(listing, progress) && listing.Missing > 0)
            {
                WriteWarning(FormattableString.Invariant(
                    $"Engine '{SafeText.CleanLine(listing.Engine)}': the server announced {listing.Total:N0} jobs, but its list ended after {listing.Seen:N0}. The other {listing.Missing:N0} could not be read."));
            }
        }
        catch (CseApiException e)
        {
            WriteError(ErrorRecords.OfListing(e, listing.Engine, _filter.Passed, _filter.Left, Session?.Name));
        }
    }

    /// <returns>Whether the list was read to its end.</returns>
    private bool ShowPages(EngineListing listing, ListingProgress progress)
    {
        bool counted = !PagingParameters.IncludeTotalCount;
        long? total = null;
        while (!counted || !_filter.IsSatisfied)
        {
            if (Await(listing.NextAsync(StopToken)) is not { } page)
            {
                Flush();
                return true;
            }

            if (!counted)
            {
                counted = true;
                WriteObject(_filter.CountFor(page, PagingParameters));
            }

            List<EngineJob> wanted = _filter.Select(page.Items);
            if (!_filter.IsSatisfied)
                listing.Prefetch();

            total ??= page.Total;
            progress.Report(page.Seen, total);
            WriteObject(wanted, enumerateCollection: true);
        }

        return false;
    }
}
