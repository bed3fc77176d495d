using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client;
using CseJobs.Client.Jobs;
using CseJobs.Formatting;

namespace CseJobs.Completion;

/// <summary>Completes the ids of an engine's newest jobs.</summary>
public sealed class JobIdCompleter : IArgumentCompleter
{
    // As many as a person looks through.
    private const int Newest = 25;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (BoundSession.Find(fakeBoundParameters) is not { } session || BoundSession.Engine(fakeBoundParameters, session) is not { } engine)
        {
            return Enumerable.Empty<CompletionResult>();
        }

        var word = new CompletionWord(wordToComplete);
        return LiveValues.Of(session).Get("jobs of " + engine, (client, token) => ReadAsync(client, engine, token))
            .Select(job => (Job: job, Id: job.Id.ToString(CultureInfo.InvariantCulture)))
            .Where(item => word.Begins(item.Id))
            .Select(item => word.Result(item.Id, item.Id, Describe(item.Job)));
    }

    /// <summary>For example <c>Error, Upgrade, 3 min ago</c>.</summary>
    private static string Describe(EngineJob job)
    {
        string age = job.StartTime is { } start ? ViewTime.Age(ViewTime.UtcNow() - start.ToUniversalTime()) : "not started";
        return string.Join(", ", new[] { job.StatusText, job.TypeText, age, job.Description }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static async Task<IReadOnlyList<EngineJob>> ReadAsync(CseClient client, string engine, CancellationToken cancellationToken)
    {
        using JobPager pager = client.ListJobs(engine, new JobQuery { PageSize = Newest });
        JobPage? page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);

        // The documents promise no order.
        return page?.Jobs.OrderByDescending(job => job).ToArray() ?? Array.Empty<EngineJob>();
    }
}
