using System.Collections.Concurrent;
using CseJobs.Client.Auth;
using CseJobs.Client.Json;
using CseJobs.Client.Paging;
using CseJobs.Client.Waiting;

namespace CseJobs.Client;

/// <summary>The engine-job API: jobs and the engines that they belong to. Thread-safe; keep one for as long as it is needed.</summary>
public sealed class CseClient : IDisposable
{
    private readonly RequestPipeline _pipeline;
    private readonly string _baseAddress;
    private readonly CseCredential _credential;
    private readonly string _enginesPath;
    private readonly TextPool _texts = new();

    // A job itself does not name its engine. What engines and sub-jobs tell is kept for the jobs that follow.
    private readonly ConcurrentDictionary<string, string> _engineNames = new(StringComparer.OrdinalIgnoreCase);

    // What the documents leave open may differ from one kind of engine to another. Of an engine whose kind was not read nothing is concluded for others.
    private readonly ConcurrentDictionary<string, string> _engineKinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ListReading> _jobReadings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ListReading _engineReading = new();

    /// <summary>Makes a client. Nothing is sent.</summary>
    /// <param name="options">Where and how to send.</param>
    /// <param name="credential">How to sign in; the client disposes it.</param>
    /// <exception cref="ArgumentException">An option cannot be right; the message says which and what to do.</exception>
    public CseClient(CseClientOptions options, CseCredential credential)
        : this(options, credential, null)
    {
    }

    /// <summary>The same; for tests that answer requests themselves.</summary>
    internal CseClient(CseClientOptions options, CseCredential credential, HttpMessageHandler? handler)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        _credential = credential ?? throw new ArgumentNullException(nameof(credential));
        _enginesPath = $"/v2/{PathSegment.ProjectId(options.ProjectId)}/enginemgr/engines";
        HeaderRules.Check(options.EnterpriseProjectId, "enterprise project id");
        _baseAddress = EndpointRules.Check(options.Endpoint, options.AllowUnencryptedAuthentication);
        _pipeline = handler is null ? OpenAnother() : new RequestPipeline(_baseAddress, options, credential, new CseService(options, namesProject: credential.Signs), handler);
        Retried = new RetriedJobs(options.TimeProvider);
    }

    /// <summary>Where and how this client sends.</summary>
    public CseClientOptions Options { get; }

    /// <summary>The jobs that were retried through this client of late.</summary>
    internal RetriedJobs Retried { get; }

    /// <summary>Checks what can be known of an engine id without asking the server.</summary>
    /// <param name="engineId">The id.</param>
    /// <exception cref="ArgumentException">The id cannot be right; the message says why.</exception>
    public static void CheckEngineId(string engineId) => PathSegment.EngineId(engineId);

    /// <summary>
    /// The client that read an engine, a job or a sub-job. What is done with the object goes there: the same id may name something else
    /// in another project. No property, so that whatever shows or serialises the object does not follow it.
    /// </summary>
    /// <param name="item">An <see cref="Engine"/>, <see cref="EngineJob"/> or <see cref="JobTask"/>.</param>
    /// <returns>The client; null for anything else.</returns>
    public static CseClient? ReaderOf(object? item) => item switch
    {
        EngineJob job => job.Reader,
        Engine engine => engine.Reader,
        JobTask task => task.Job?.Reader,
        JobChange change => change.Reader,
        _ => null,
    };

    /// <summary>The name of an engine as this client has read it; nothing is sent.</summary>
    /// <param name="engineId">The engine.</param>
    /// <returns>The name; null when neither the engine nor a job of it that tells the name was read.</returns>
    public string? EngineNameOf(string engineId) => _engineNames.GetValueOrDefault(engineId);

    /// <summary>Lists the jobs of an engine (<c>GET /v2/{project_id}/enginemgr/engines/{engine_id}/jobs</c>). Nothing is sent before the first page is asked for.</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="query">Which jobs; all when null.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <returns>A pager over the list; dispose it.</returns>
    /// <exception cref="ArgumentException">The engine id or the query cannot be right.</exception>
    public Pager<EngineJob> ListJobs(string engineId, JobQuery? query = null, ICallObserver? observer = null)
    {
        query ??= new JobQuery();
        query.Validate();
        CheckEngineId(engineId);
        ListReading reading = ReadingOf(engineId);
        var counted = new CountedList<EngineJob>(reading, (page, filter, token) => SendListAsync(engineId, page, filter, observer, token));
        var list = new JobList(reading, query, counted, observer);
        return Pager<EngineJob>.Over(list.SendAsync, query.PageSize, reading, job => job.Id, new SeenIds().Add, query.Includes, () => list.IsExact);
    }

    /// <summary>Reads one job with its phases and sub-jobs (<c>GET /v2/{project_id}/enginemgr/engines/{engine_id}/jobs/{job_id}</c>).</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The call failed; <see cref="CseApiException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<EngineJob> GetJobAsync(string engineId, long jobId, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall(string.Create(CultureInfo.InvariantCulture, $"{_enginesPath}/{PathSegment.EngineId(engineId)}/jobs/{jobId}"), engineId, jobId) { EngineKind = KindOf(engineId) };
        return _pipeline.SendAsync(call, body => ReadJob(body, engineId, jobId, new AnswerLimit(Stop: cancellationToken)), observer, cancellationToken);
    }

    /// <summary>Lists the engines of the project (<c>GET /v2/{project_id}/enginemgr/engines</c>). Nothing is sent before the first page is asked for.</summary>
    /// <param name="query">Which engines; all when null.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <returns>A pager over the list; dispose it.</returns>
    /// <exception cref="ArgumentException">The query cannot be right.</exception>
    public Pager<Engine> ListEngines(EngineQuery? query = null, ICallObserver? observer = null)
    {
        query ??= new EngineQuery();
        query.Validate();
        string type = query.WireType is { } wanted ? "&type=" + wanted : string.Empty;
        var counted = new CountedList<Engine>(_engineReading, (page, filter, token) => _pipeline.SendAsync(
            ListCall(_enginesPath, page, filter, null), body => ReadEngines(body, new AnswerLimit(page.Limit, token)), observer, token));
        return Pager<Engine>.Over(
            (page, token) => counted.SendAsync(page, type, token), query.PageSize, _engineReading, engine => engine.Id, new HashSet<string>().Add);
    }

    /// <summary>Reads one engine (<c>GET /v2/{project_id}/enginemgr/engines/{engine_id}</c>).</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The call failed; <see cref="CseApiException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<Engine> GetEngineAsync(string engineId, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"{_enginesPath}/{PathSegment.EngineId(engineId)}", engineId);
        return _pipeline.SendAsync(call, body => ReadEngine(body, engineId, new AnswerLimit(Stop: cancellationToken)), observer, cancellationToken);
    }

    /// <summary>
    /// Tries the newest job of an engine again (<c>PUT /v2/{project_id}/enginemgr/engines/{engine_id}/actions</c>, action
    /// <c>Retry</c>). Nobody knows what the server makes of a second request, so it is sent again only when the first was refused for
    /// now (429) or never left (connection refused).
    /// </summary>
    /// <param name="engineId">The engine; its newest job must have failed.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request; it may have taken effect all the same.</param>
    /// <returns>Id of the job that runs now (API field <c>jobId</c>); null when the server names none.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The call failed; <see cref="CseApiException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<long?> RetryJobAsync(string engineId, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"{_enginesPath}/{PathSegment.EngineId(engineId)}/actions", engineId)
        {
            Method = HttpMethod.Put,
            Body = """{"action":"Retry"}"""u8.ToArray(),
        };
        long? started = await _pipeline.SendAsync(call, body => ReadStartedJob(body, engineId), observer, cancellationToken).ConfigureAwait(false);

        // For a wait that follows: the job may still read Error.
        Retried.Note(engineId, started);
        return started;
    }

    /// <summary>Closes the connections and wipes the secrets of the credential.</summary>
    public void Dispose()
    {
        _pipeline.Dispose();
        _credential.Dispose();
    }

    /// <summary>What has been found out about the job lists of engines of this one's kind.</summary>
    internal ListReading ReadingOf(string engineId) =>
        _jobReadings.GetOrAdd(KindOf(engineId) is { } kind ? "kind " + kind : "engine " + engineId, _ => new ListReading());

    /// <summary>Kind of an engine as this client has read it (API field <c>type</c>); null when it was not read.</summary>
    internal string? KindOf(string engineId) => _engineKinds.GetValueOrDefault(engineId);

    /// <summary>One request of the list call: a page, as the server gives it.</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="page">Which page.</param>
    /// <param name="filter">What else the query says, each parameter with a leading <c>&amp;</c>.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    internal Task<ListAnswer<EngineJob>> SendListAsync(string engineId, PageRequest page, string filter, ICallObserver? observer, CancellationToken cancellationToken) =>
        _pipeline.SendAsync(
            ListCall($"{_enginesPath}/{PathSegment.EngineId(engineId)}/jobs", page, filter, engineId) with { EngineKind = KindOf(engineId) }, body => ReadJobs(body, engineId, new AnswerLimit(page.Limit, cancellationToken)), observer, cancellationToken);

    /// <summary>A way to the service with connections of its own; whoever asks disposes it.</summary>
    /// <param name="watch">Is shown what makes the connections, before it does.</param>
    internal RequestPipeline OpenAnother(Action<SocketsHttpHandler>? watch = null) =>
        new(_baseAddress, Options, _credential, new CseService(Options, namesProject: _credential.Signs), watch: watch);

    /// <summary>One try to list engines, on another way than the client's own, and the server's clock (header Date).</summary>
    internal Task<(ListAnswer<Engine> Engines, DateTimeOffset? Time)> SendEngineListAsync(RequestPipeline pipeline, ICallObserver? observer, CancellationToken cancellationToken)
    {
        var page = new PageRequest(0, EngineQuery.DefaultPageSize, NoRetry: true);
        return pipeline.SendForAnswerAsync(
            ListCall(_enginesPath, page, string.Empty, null), answer => (ReadEngines(answer.Body, new AnswerLimit(page.Limit, cancellationToken)), answer.Date), observer, cancellationToken);
    }

    private static ApiCall ListCall(string path, PageRequest page, string filter, string? engineId) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}?offset={page.Offset}&limit={page.Limit}{filter}"), engineId) { NoRetry = page.NoRetry };

    private ListAnswer<EngineJob> ReadJobs(ArraySegment<byte> body, string engineId, AnswerLimit limit)
    {
        ListAnswer<EngineJob> page = JobReader.ReadPage(body, _texts, limit);
        Own(page.Data, engineId);
        return page;
    }

    private EngineJob ReadJob(ArraySegment<byte> body, string engineId, long jobId, AnswerLimit limit)
    {
        EngineJob job = JobReader.ReadAnswer(body, _texts, limit);
        Own([job], engineId);
        return job.Id == jobId ? job : throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"Job {jobId} was asked for, and job {job.Id} came."));
    }

    private ListAnswer<Engine> ReadEngines(ArraySegment<byte> body, AnswerLimit limit)
    {
        ListAnswer<Engine> page = EngineReader.ReadPage(body, _texts, limit);
        page.Data.ForEach(Own);
        return page;
    }

    private Engine ReadEngine(ArraySegment<byte> body, string engineId, AnswerLimit limit)
    {
        Engine engine = EngineReader.ReadAnswer(body, _texts, limit);
        CheckEngine(engine.Id, engineId);
        Own(engine);
        return engine;
    }

    private static long? ReadStartedJob(ArraySegment<byte> body, string engineId)
    {
        (string? engine, long? job) = body.Count == 0 ? default : EngineReader.ReadStartedJob(body);
        CheckEngine(engine, engineId);
        return job;
    }

    /// <summary>Without the engine's id and who read it the job could not be piped back for its details.</summary>
    private void Own(List<EngineJob> jobs, string engineId)
    {
        if (EngineNameOf(engineId) is null && jobs.SelectMany(job => job.Tasks).FirstOrDefault(task => !string.IsNullOrWhiteSpace(task.EngineName)) is { } task)
            _engineNames.TryAdd(engineId, task.EngineName!);

        string? name = EngineNameOf(engineId);
        foreach (EngineJob job in jobs)
        {
            CheckEngine(job.EngineId, engineId);
            job.EngineId = string.IsNullOrWhiteSpace(job.EngineId) ? engineId : job.EngineId;
            job.EngineName = name;
            job.Reader = this;
        }
    }

    private void Own(Engine engine)
    {
        engine.Reader = this;
        if (string.IsNullOrEmpty(engine.Id))
            return;

        if (!string.IsNullOrWhiteSpace(engine.Type))
            _engineKinds[engine.Id] = engine.Type;

        if (!string.IsNullOrWhiteSpace(engine.Name))
            _engineNames[engine.Id] = engine.Name;
    }

    /// <summary>What a server tells of another engine than the one asked for, a cache's mistake perhaps, is not believed: somebody may act on it.</summary>
    private static void CheckEngine(string? answered, string asked)
    {
        if (!string.IsNullOrWhiteSpace(answered) && !answered.Equals(asked, StringComparison.OrdinalIgnoreCase))
            throw new JsonException($"Engine '{SafeText.CleanLine(asked)}' was asked for, and engine '{SafeText.Quote(answered)}' came.");
    }
}
