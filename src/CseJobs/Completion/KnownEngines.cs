using CseJobs.Client;
using CseJobs.Client.Paging;

namespace CseJobs.Completion;

/// <summary>The engines that completion offers.</summary>
internal static class KnownEngines
{
    // As many as a project has in practice, and more than a person looks through.
    private const int Most = 300;

    /// <summary>The engines of a session; none when they cannot be had in time.</summary>
    public static IReadOnlyList<Engine> Of(CseSession session) => LiveValues.Of(session).Get("engines", ReadAsync);

    /// <summary>For example <c>Available, CSE 2.4.1</c>.</summary>
    public static string Describe(Engine engine) => string.Join(
        ", ", new[] { engine.Status, $"{engine.Type} {engine.Version}".Trim(), engine.Description }.Where(text => !string.IsNullOrEmpty(text)));

    private static async Task<IReadOnlyList<Engine>> ReadAsync(CseClient client, CancellationToken cancellationToken)
    {
        var engines = new List<Engine>();
        using Pager<Engine> pager = client.ListEngines();
        while (engines.Count < Most && await pager.NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
        {
            engines.AddRange(page.Items);
        }

        return engines.OrderBy(engine => engine.Name, StringComparer.OrdinalIgnoreCase).ToArray();
    }
}
