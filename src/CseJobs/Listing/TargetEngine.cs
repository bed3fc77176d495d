using CseJobs.Client.Http;
using CseJobs.Client.Paging;

namespace CseJobs.Listing;

/// <summary>An engine that is meant: by its id, or by a text that was typed, which is an id or else a name.</summary>
internal sealed class TargetEngine
{
    private EngineNames? _names;

    private TargetEngine(string text) => Text = Id = text;

    /// <summary>As it was named.</summary>
    public string Text { get; }

    /// <summary>Its id, as far as that is known.</summary>
    public string Id { get; private set; }

    /// <summary>Its name; null when that is not known.</summary>
    public string? Name { get; private set; }

    /// <summary>Its newest job, if the list of engines or an object in the pipeline has told it.</summary>
    public long? LatestJobId { get; private init; }

    /// <summary>Whether the text can only be a name or pattern: ids hold no wildcards. What is no line of text is neither.</summary>
    public bool IsPattern => _names is not null && SafeText.IsSafeLine(Text) && Text.AsSpan().IndexOfAny("*?[]") >= 0;

    /// <summary>Whether it was named by a text that may be its name: nobody knows yet.</summary>
    public bool IsTyped => _names is not null;

    public static TargetEngine Of(Engine engine) => Of(engine.Id, engine.Name, engine.LatestJobId);

    public static TargetEngine Of(string id, string? name, long? latestJobId) => new(id) { Name = name, LatestJobId = latestJobId };

    /// <summary>An engine by what a person typed. A UUID is never looked up as a name: it is longer than names can be.</summary>
    public static TargetEngine Typed(string text, EngineNames names) => new(text) { _names = Guid.TryParse(text, out _) ? null : names };

    /// <summary>Sends a request for the engine's id; when no engine has that id, for the id of the engine that has the text as its name.</summary>
    /// <exception cref="CseApiException">The request failed, or no engine has the text as id or name.</exception>
    /// <exception cref="AmbiguousEngineException">Several engines have that name.</exception>
    public async Task<T> SendAsync<T>(Func<string, Task<T>> send)
    {
        string id = Id;
        try
        {
            T answer = await send(id).ConfigureAwait(false);
            _names = null;
            Name ??= (answer as Engine)?.Name;
            return answer;
        }
        catch (CseApiException e) when (e.Reason == CseErrorReason.EngineNotFound && (_names is not null || Id != id))
        {
            // Another request may have found the name meanwhile.
            if (Id == id)
                await FindByNameAsync(e).ConfigureAwait(false);
        }

        return await send(Id).ConfigureAwait(false);
    }

    /// <summary>After no engine was found by the text as an id, finds the one that has it as its name.</summary>
    /// <returns>Whether the text may be a name at all.</returns>
    /// <exception cref="CseApiException">There is none; it is the same failure.</exception>
    /// <exception cref="AmbiguousEngineException">Several engines have that name.</exception>
    public async Task<bool> FindByNameAsync(CseApiException notFound)
    {
        if (_names is null)
            return false;

        Engine found = await _names.FindAsync(Text, notFound).ConfigureAwait(false);
        (Name, Id, _names) = (found.Name, found.Id, null);
        return true;
    }
}

/// <summary>The engines of a session with their names: read once, when the first name is looked up. Thread-safe.</summary>
internal sealed class EngineNames(CseClient client, ICallObserver observer, CancellationToken cancellationToken)
{
    private readonly Lazy<Task<IReadOnlyList<Engine>>> _engines = new(() => ReadAsync(client, observer, cancellationToken));

    /// <exception cref="CseApiException">They could not be read.</exception>
    public Task<IReadOnlyList<Engine>> Engines => _engines.Value;

    /// <summary>That a list of engines has ended short; null when it has not.</summary>
    public static string? Shortfall(Pager<Engine> list) => list.Missing <= 0 ? null : FormattableString.Invariant(
        $"The server announced {list.Total:N0} engines, but its list ended after {list.Seen:N0}. The other {list.Missing:N0} could not be read.");

    public async Task<Engine> FindAsync(string name, CseApiException notFound)
    {
        var pattern = new NamePattern(name);
        try
        {
            Engine[] found = (await Engines.ConfigureAwait(false)).Where(engine => pattern.Matches(engine.Name)).ToArray();
            if (found.Length > 0)
                return found.Length == 1 ? found[0] : throw new AmbiguousEngineException(name, found);

            notFound.Data[ErrorRecords.HintKey] = " No engine is named so, either." + (JobIds.Read(name) is null ? string.Empty
                : $" {name} looks like a job: pass it as the second argument or with -Id.");
        }
        catch (CseApiException e)
        {
            notFound.Data[ErrorRecords.HintKey] = " It may be a name, but the list of engines could not be read: " + e.Message;
        }

        throw notFound;
    }

    private static async Task<IReadOnlyList<Engine>> ReadAsync(CseClient client, ICallObserver observer, CancellationToken cancellationToken)
    {
        using Pager<Engine> pager = client.ListEngines(null, observer);
        List<Engine> engines = await pager.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        engines.RemoveAll(engine => engine.Id.Length == 0);
        if (Shortfall(pager) is { } warning)
            observer.Warning(warning);

        return engines;
    }
}

/// <summary>A text names several engines where one has to be meant.</summary>
internal sealed class AmbiguousEngineException(string text, IReadOnlyCollection<Engine> engines) : ArgumentException(
    $"'{SafeText.Quote(text)}' names {engines.Count} engines, and one has to be meant: {string.Join(", ", engines.Take(MaxNamed).Select(ErrorRecords.Shown))}{(engines.Count > MaxNamed ? ", …" : ".")}")
{
    private const int MaxNamed = 5;
}
