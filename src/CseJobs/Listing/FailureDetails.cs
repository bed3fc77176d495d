namespace CseJobs.Listing;

/// <summary>
/// Where a list has no sub-jobs, a failed job of it cannot say what failed and why. The job read by its id can: that one takes its place.
/// </summary>
internal static class FailureDetails
{
    /// <summary>Puts jobs with details in the place of failed jobs that came without sub-jobs. One that cannot be read stays as it is.</summary>
    /// <param name="jobs">The jobs of a page.</param>
    /// <param name="read">Reads one by its id; may be asked for several at once.</param>
    /// <returns>How many could not be read, and why the last of them.</returns>
    public static async Task<(int Count, CseApiException? Error)> ReadAsync(List<EngineJob> jobs, Func<long, Task<EngineJob>> read)
    {
        CseApiException?[] errors = await Task.WhenAll(Enumerable.Range(0, jobs.Count).Where(place => IsBare(jobs[place])).Select(ReplaceAsync)).ConfigureAwait(false);
        return (errors.Count(error => error is not null), errors.LastOrDefault(error => error is not null));

        async Task<CseApiException?> ReplaceAsync(int place)
        {
            try
            {
                jobs[place] = await read(jobs[place].Id).ConfigureAwait(false);
                return null;
            }
            catch (CseApiException e)
            {
                return e;
            }
        }
    }

    private static bool IsBare(EngineJob job) => job is { Failed: true, Tasks.Count: 0, Phases.Count: 0 };
}
