using CseJobs.Client;
using CseJobs.Client.Jobs;
using CseJobs.Client.Text;
using CseJobs.Errors;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <content>Lists the jobs of engines.</content>
public sealed partial class GetCseEngineJobCommand
{
    // Over all engines: flat memory, however long the lists.
    private const int JobsAhead = 20_000;

    private readonly Queue<EngineListing> _listings = new();

    /// <summary>Begins the listing of an engine and shows what is to be shown by now.</summary>
    private void ListEngine(string engine)
    {
        EmitReads(left: 0);
        if (_refusal.For(engine, null) is { } refusal)
        {
            EmitListings(left: 0);
            WriteError(refusal, engine);
            return;
        }

        JobPager pager;
        try
        {
            pager = Current.Client.ListJobs(engine, _query, Observer);
        }
        catch (ArgumentException e)
        {
            EmitListings(left: 0);
            WriteError(e, engine);
            return;
        }

        var listing = new EngineListing(engine, pager);
        _listings.Enqueue(listing);
        if (ThrottleLimit > 1)
        {
            int window = ThrottleLimit * WindowFactor;
            listing.ReadAhead(_turns, _refusal, Math.Max(1, JobsAhead / window / PageSize));
            EmitListings(left: window - 1);
        }
        else
        {
            pager.WantsAll = !_filter.IsLimited;
            EmitListings(left: 0);
        }
    }

    /// <summary>Shows listings in their order: those that have been read, and further ones until no more than so many are left.</summary>
    private void EmitListings(int left)
    {
        while (_listings.Count > left || (_listings.Count > 0 && _listings.Peek().IsRead))
        {
            using EngineListing listing = _listings.Dequeue();
            Emit(listing);
        }
    }

    private void ForgetListings()
    {
        while (_listings.Count > 0)
        {
            _listings.Dequeue().Dispose();
        }
    }

    private void Emit(EngineListing listing)
    {
        _filter.BeginEngine();
        using var progress = new ListingProgress(this, listing.Engine);
        try
        {
            if (EmitPages(listing, progress))
            {
                WarnIfShort(listing);
            }
        }
        catch (CseApiException e)
        {
            _refusal.Note(e);
            WriteError(ErrorRecords.OfListing(e, listing.Engine, _filter.Passed, _filter.Left, Session?.Name));
        }
    }

    /// <returns>Whether the list was read to its end.</returns>
    private bool EmitPages(EngineListing listing, ListingProgress progress)
    {
        bool counted = !PagingParameters.IncludeTotalCount;
        var garbage = new GarbageLimit();
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

            List<EngineJob> wanted = _filter.Select(page.Jobs);
            if (!_filter.IsSatisfied)
            {
                listing.Prefetch();
            }

            progress.Report(listing.Pager.Seen, listing.Pager.Total);
            WriteObject(wanted, enumerateCollection: true);
            garbage.Limit();
        }

        return false;
    }

    private void WarnIfShort(EngineListing listing)
    {
        JobPager pager = listing.Pager;
        if (pager.Missing > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"Engine '{SafeText.CleanLine(listing.Engine)}': the server announced {pager.Total:N0} jobs, but its list ended after {pager.Seen:N0}. The other {pager.Missing:N0} could not be read."));
        }
    }
}
