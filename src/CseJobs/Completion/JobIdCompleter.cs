using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CseJobs.Client;
using CseJobs.Client.Paging;
using CseJobs.Formatting;

namespace CseJobs.Completion;

/// <summary>Completes the ids of an engine's newest jobs.</summary>
internal sealed class JobIdCompleter : SessionCompleter
{
    // As many as a person looks through.
    private const int Newest = 25;

    private protected override IEnumerable<CompletionResult> Offer(CseSession session, CompletionWord word, IDictionary bound) =>
        BoundSession.Engine(bound, session) is { } engine
            ? LiveValues.Of(session).Get("jobs of " + engine, (client, token) => ReadAsync(client, engine, token))
                .Select(job => (Job: job, Id: job.Id.ToString(CultureInfo.InvariantCulture)))
                .Where(item => word.Begins(item.Id))
                .Select(item => word.Result(item.Id, item.Id, Describe(item.Job)))
            : Enumerable.Empty<CompletionResult>();

    /// <summary>For example <c>Error, Upgrade, 3 min ago</c>.</summary>
    private static string Describe(EngineJob job)
    {
        string age = job.StartTime is { } start ? ViewTime.Age(ViewTime.UtcNow() - start.ToUniversalTime()) : "not started";
        return string.Join(", ", new[] { job.StatusText, job.TypeText, age, job.Description }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static async Task<IReadOnlyList<EngineJob>> ReadAsync(CseClient client, string engine, CancellationToken cancellationToken)
    {
        using Pager<EngineJob> pager = client.ListJobs(engine, new JobQuery { PageSize = Newest });
        Page<EngineJob>? page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);

        // The documents promise no order.
        return page?.Items.OrderByDescending(job => job).ToArray() ?? Array.Empty<EngineJob>();
    }
}
